// events: https://nodejs.org/api/events.html
//
// Left out: captureRejections, EventEmitterAsyncResource, rawListeners' domain rules.

import { wrongType } from 'internal:errors';
import { load } from 'ops:events';

// Hidden, so that an emitter prints like any object, and not private, so that prototypes can be
// mixed into objects that no constructor has seen.
const kListeners = Symbol('listeners');
const kMax = Symbol('maxListeners');

export const errorMonitor = Symbol('events.errorMonitor');

let defaultMax = 10;

function checkListener(listener) {
  if (typeof listener !== 'function') throw wrongType('listener', 'of type function', listener);
}

function abortError(signal) {
  const message = 'The operation was aborted';
  const error = new Error(message, { cause: signal?.reason });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

function listenersOf(emitter) {
  let listeners = emitter[kListeners];
  if (listeners === undefined || !Object.hasOwn(emitter, kListeners)) {
    listeners = new Map();
    Object.defineProperty(emitter, kListeners, { value: listeners, configurable: true });
  }
  return listeners;
}

function add(emitter, name, listener, first) {
  checkListener(listener);
  const all = listenersOf(emitter);
  if (all.has('newListener')) emitter.emit('newListener', name, listener.listener ?? listener);
  const known = all.get(name) ?? [];
  // A new array, because an `emit` may be walking the old one.
  const list = first ? [listener, ...known] : [...known, listener];
  all.set(name, list);
  const max = emitter.getMaxListeners();
  if (max > 0 && list.length === max + 1) warnLeak(emitter, name, list.length);
  return emitter;
}

function warnLeak(emitter, name, count) {
  const where = emitter.constructor?.name ?? 'an emitter';
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(name)} listeners added to `
    + `${where}. Use emitter.setMaxListeners() to increase limit`,
  );
  warning.name = 'MaxListenersExceededWarning';
  load('process').default.emitWarning(warning);
}

function onceWrapper(emitter, name, listener) {
  checkListener(listener);
  const wrapper = function (...values) {
    emitter.removeListener(name, wrapper);
    return listener.apply(this, values);
  };
  wrapper.listener = listener;
  return wrapper;
}

function unhandled(error) {
  if (error instanceof Error) return error;
  const { inspect } = load('internal:inspect');
  const shown = typeof error === 'string' ? `'${error}'` : inspect(error);
  const wrapped = new Error(`Unhandled error. (${shown})`);
  wrapped.code = 'ERR_UNHANDLED_ERROR';
  wrapped.context = error;
  return wrapped;
}

export class EventEmitter {
  static get defaultMaxListeners() {
    return defaultMax;
  }

  static set defaultMaxListeners(count) {
    defaultMax = count;
  }

  on(name, listener) {
    return add(this, name, listener, false);
  }

  addListener(name, listener) {
    return add(this, name, listener, false);
  }

  prependListener(name, listener) {
    return add(this, name, listener, true);
  }

  once(name, listener) {
    return add(this, name, onceWrapper(this, name, listener), false);
  }

  prependOnceListener(name, listener) {
    return add(this, name, onceWrapper(this, name, listener), true);
  }

  off(name, listener) {
    return this.removeListener(name, listener);
  }

  removeListener(name, listener) {
    checkListener(listener);
    const all = this[kListeners];
    const list = all?.get(name);
    if (list === undefined) return this;
    const at = list.findLastIndex((known) => known === listener || known.listener === listener);
    if (at < 0) return this;
    const removed = list[at];
    if (list.length === 1) all.delete(name);
    else all.set(name, list.toSpliced(at, 1));
    if (all.has('removeListener')) {
      this.emit('removeListener', name, removed.listener ?? removed);
    }
    return this;
  }

  removeAllListeners(name) {
    const all = this[kListeners];
    if (all === undefined) return this;
    if (!all.has('removeListener')) {
      if (name === undefined) all.clear();
      else all.delete(name);
      return this;
    }
    const names = name === undefined
      ? [...all.keys()].filter((known) => known !== 'removeListener')
      : [name];
    for (const known of names) {
      for (const listener of (all.get(known) ?? []).toReversed()) {
        this.removeListener(known, listener);
      }
    }
    if (name === undefined) all.clear();
    return this;
  }

  emit(name, ...values) {
    const all = this[kListeners];
    if (name === 'error') {
      const monitors = all?.get(errorMonitor);
      if (monitors !== undefined) for (const monitor of monitors) monitor.apply(this, values);
    }
    const list = all?.get(name);
    if (list === undefined) {
      if (name === 'error') throw unhandled(values[0]);
      return false;
    }
    for (let index = 0; index < list.length; index++) list[index].apply(this, values);
    return true;
  }

  listenerCount(name, listener) {
    const list = this[kListeners]?.get(name) ?? [];
    if (listener === undefined) return list.length;
    return list.filter((known) => known === listener || known.listener === listener).length;
  }

  listeners(name) {
    return this.rawListeners(name).map((known) => known.listener ?? known);
  }

  rawListeners(name) {
    return [...(this[kListeners]?.get(name) ?? [])];
  }

  eventNames() {
    return [...(this[kListeners]?.keys() ?? [])];
  }

  setMaxListeners(count) {
    if (typeof count !== 'number' || !(count >= 0)) {
      const message = `The value of "n" is out of range. It must be a non-negative number. `
        + `Received ${String(count)}`;
      throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
    }
    Object.defineProperty(this, kMax, { value: count, configurable: true });
    return this;
  }

  getMaxListeners() {
    return this[kMax] ?? defaultMax;
  }
}

/** Listens on an EventEmitter or an EventTarget; returns what undoes it. */
function listen(target, name, listener) {
  if (typeof target.on === 'function') {
    target.on(name, listener);
    return () => target.removeListener(name, listener);
  }
  if (typeof target.addEventListener === 'function') {
    target.addEventListener(name, listener);
    return () => target.removeEventListener(name, listener);
  }
  throw wrongType('emitter', 'an instance of EventEmitter or EventTarget', target);
}

/**
 * Calls `fail` with an error that keeps the event `name` from coming: that of an EventEmitter, and
 * that of a WebSocket, which in Node.js is a bare EventTarget and would be waited for in vain.
 */
function listenForError(target, name, fail) {
  if (name === 'error') return () => {};
  if (typeof target.on === 'function') return listen(target, 'error', fail);
  // Closing is what comes after it.
  if (name === 'close' || !(target instanceof WebSocket)) return () => {};
  const origin = new Error();
  return listen(target, 'error', ({ error }) => {
    // It has no calls of its own, and whoever waits wants to know where.
    if (!`${error.stack}`.includes('\n')) {
      error.stack = origin.stack.replace('Error', `${error.name}: ${error.message}`);
    }
    fail(error);
  });
}

/** A promise of the values of the next event `name`; an 'error' before it rejects. */
export function once(emitter, name, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError(signal));
      return;
    }
    const undo = [];
    const settle = (how, value) => {
      for (const step of undo) step();
      how(value);
    };
    undo.push(listen(emitter, name, (...values) => settle(resolve, values)));
    undo.push(listenForError(emitter, name, (error) => settle(reject, error)));
    if (signal !== undefined) {
      undo.push(listen(signal, 'abort', () => settle(reject, abortError(signal))));
    }
  });
}

/** An async iterator of the values of each event `name`; an 'error' ends it by throwing. */
export function on(emitter, name, { signal, close = [] } = {}) {
  if (signal?.aborted) throw abortError(signal);
  const events = [];
  const waiting = [];
  const undo = [];
  let failure;
  let finished = false;

  const finish = () => {
    finished = true;
    for (const step of undo) step();
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    const next = waiting.shift();
    if (next === undefined) failure = { error };
    else next.reject(error);
    finish();
  };

  undo.push(listen(emitter, name, (...values) => {
    const next = waiting.shift();
    if (next === undefined) events.push(values);
    else next.resolve({ value: values, done: false });
  }));
  undo.push(listenForError(emitter, name, fail));
  for (const end of close) undo.push(listen(emitter, end, finish));
  if (signal !== undefined) undo.push(listen(signal, 'abort', () => fail(abortError(signal))));

  return {
    next() {
      if (events.length > 0) return Promise.resolve({ value: events.shift(), done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
      });
    },
    return() {
      events.length = 0;
      finish();
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) {
      fail(error);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export function listenerCount(emitter, name) {
  return emitter.listenerCount(name);
}

export function getEventListeners(emitter, name) {
  return emitter.listeners(name);
}

Object.assign(EventEmitter, {
  EventEmitter, once, on, listenerCount, getEventListeners, errorMonitor,
});

export default EventEmitter;
