// What tells of changed files: watch of fs and fs/promises, and watchFile, which looks now and then.
//
// Spec: https://nodejs.org/api/fs.html#fswatchfilename-options-listener

import { EventEmitter } from 'events';
import { refWatch, unwatch, watch as watchNative } from 'ops:fs';
import {
  abortError, checkFunction, checkSignal, coded, wrongType, wrongValue,
} from 'internal:errors';
import { forms, integerOf, optionsOf, pathOf } from 'internal:fs_forms';
import { BigIntStats, Stats } from 'internal:fs_stats';

const QUEUE_MAX = 2048;
const INTERVAL_MS = 5007;
const UINT_MAX = 2 ** 32 - 1;

function switchOf(options, name, otherwise) {
  const value = options[name] ?? otherwise;
  if (typeof value !== 'boolean') throw wrongType(`options.${name}`, 'of type boolean', value);
  return value;
}

export class FSWatcher extends EventEmitter {
  #id;

  constructor(path, { persistent, recursive, encoding }) {
    super();
    try {
      this.#id = watchNative(path, recursive, encoding || 'utf8', (type, name) => {
        if (this.#id !== undefined) this.emit('change', type, name);
      });
    } catch (error) {
      error.filename = error.path;
      throw error;
    }
    if (!persistent) this.unref();
  }

  close() {
    if (this.#id === undefined) return;
    unwatch(this.#id);
    this.#id = undefined;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    if (this.#id !== undefined) refWatch(this.#id, true);
    return this;
  }

  unref() {
    if (this.#id !== undefined) refWatch(this.#id, false);
    return this;
  }
}

function settings(options) {
  const given = optionsOf(options, {});
  return {
    persistent: switchOf(given, 'persistent', true),
    recursive: switchOf(given, 'recursive', false),
    encoding: given.encoding,
    signal: given.signal,
  };
}

export function watch(filename, options, listener) {
  const [given, call] = typeof options === 'function' ? [undefined, options] : [options, listener];
  const path = pathOf(filename);
  const wanted = settings(given);
  if (call !== undefined) checkFunction(call, 'listener');
  const watcher = new FSWatcher(path, wanted);
  if (call !== undefined) watcher.on('change', call);
  const { signal } = wanted;
  if (signal?.aborted) {
    process.nextTick(() => watcher.close());
  } else if (signal !== undefined) {
    const close = () => watcher.close();
    signal.addEventListener('abort', close, { once: true });
    watcher.once('close', () => signal.removeEventListener('abort', close));
  }
  return watcher;
}

function tooMany(most, overflow) {
  const message = `The queue of changes has reached its limit of ${most}`;
  if (overflow === 'throw') return coded(Error, 'ERR_FS_WATCH_QUEUE_OVERFLOW', message);
  process.emitWarning(message);
  return undefined;
}

/** Changes, for `for await`. */
export async function* changes(filename, options = {}) {
  const path = pathOf(filename);
  const wanted = settings(options);
  const { maxQueue = QUEUE_MAX, overflow = 'ignore' } = options;
  integerOf(maxQueue, 'options.maxQueue', 1);
  if (overflow !== 'ignore' && overflow !== 'throw') {
    throw wrongValue('options.overflow', overflow, "must be one of: 'ignore', 'throw'");
  }
  const { signal } = wanted;
  checkSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  const queue = [];
  let failed;
  let wake;
  const watcher = new FSWatcher(path, wanted).on('change', (eventType, name) => {
    if (queue.length < maxQueue) queue.push({ eventType, filename: name });
    else failed ??= tooMany(maxQueue, overflow);
    wake?.();
  });
  const abort = () => {
    failed = abortError(signal);
    wake?.();
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      if (failed !== undefined) throw failed;
      if (queue.length > 0) yield queue.shift();
      else await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', abort);
  }
}

/** A file that is looked at now and then. */
export class StatWatcher extends EventEmitter {
  #timer;
  #last;
  #looks = false;
  #path;
  #options;

  constructor(path, { bigint, persistent, interval }) {
    super();
    this.#path = path;
    this.#options = { bigint };
    this.#timer = setInterval(() => this.#look(), interval);
    if (!persistent) this.#timer.unref();
    this.#look();
  }

  #look() {
    if (this.#looks) return;
    this.#looks = true;
    forms.stat(this.#path, this.#options)((error, found) => {
      this.#looks = false;
      if (this.#timer !== undefined) this.#compare(error ? missing(this.#options.bigint) : found);
    });
  }

  #compare(stats) {
    const last = this.#last;
    this.#last = stats;
    if (last === undefined) {
      // It is told that there is none.
      if (Number(stats.ino) === 0) this.emit('change', stats, stats);
    } else if (['ino', 'dev', 'mode', 'uid', 'gid', 'size', 'mtimeMs', 'ctimeMs', 'birthtimeMs'].some(
      (name) => stats[name] !== last[name],
    )) {
      this.emit('change', stats, last);
    }
  }

  stop() {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#timer?.unref();
    return this;
  }
}

function missing(bigint) {
  return bigint ? new BigIntStats(Array(18).fill(0n)) : new Stats(Array(14).fill(0));
}

const watched = new Map();

function keyOf(filename) {
  const path = pathOf(filename);
  return typeof path === 'string' ? path : new TextDecoder().decode(path);
}

export function watchFile(filename, options, listener) {
  const [given, call] = typeof options === 'function' ? [{}, options] : [options ?? {}, listener];
  const path = keyOf(filename);
  checkFunction(call, 'listener');
  const { bigint = false, persistent = true, interval = INTERVAL_MS } = given;
  integerOf(interval, 'options.interval', 0, UINT_MAX);
  let watcher = watched.get(path);
  if (watcher === undefined) {
    watcher = new StatWatcher(path, { bigint, persistent, interval });
    watched.set(path, watcher);
  }
  watcher.on('change', call);
  return watcher;
}

export function unwatchFile(filename, listener) {
  const path = keyOf(filename);
  const watcher = watched.get(path);
  if (watcher === undefined) return;
  if (listener === undefined) watcher.removeAllListeners('change');
  else watcher.removeListener('change', listener);
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    watched.delete(path);
  }
}
