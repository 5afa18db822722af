// The functions of `events` that wait for what an EventEmitter or an EventTarget tells, and what an
// EventEmitter rarely needs. https://nodejs.org/api/events.html

import EventEmitter, { captureRejectionSymbol } from 'events';
import {
  abortError, checkFunction, checkNumber, checkObject, checkSignal, coded, outOfRange, wrongType,
} from 'internal:errors';
import { listenersOf as targetListeners, load, maxKey, withoutCapture } from 'ops:events';
import { nextTick } from 'ops:process';

const kMax = maxKey();

/** An 'error' that nobody listens for, as it is thrown. */
export function unhandled(error) {
  if (error instanceof Error) return error;
  const { inspect } = load('internal:inspect');
  const wrapped = coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(error)})`);
  wrapped.context = error;
  return wrapped;
}

/** With `captureRejections`, what a listener's promise is rejected with is an 'error'. */
export function capture(emitter, result, name, ...values) {
  if (typeof result.then !== 'function') return;
  result.then(undefined, (error) => nextTick(() => {
    const handler = emitter[captureRejectionSymbol];
    if (typeof handler === 'function') handler.call(emitter, error, name, ...values);
    else withoutCapture(emitter, error);
  }));
}

export function warnOfLeak(emitter, type, count, max) {
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to `
    + `[${emitter.constructor?.name ?? 'EventEmitter'}]. MaxListeners is ${max}. `
    + 'Use emitter.setMaxListeners() to increase limit',
  );
  warning.name = 'MaxListenersExceededWarning';
  load('process').default.emitWarning(Object.assign(warning, { emitter, type, count }));
}

/** Listens on an EventEmitter or an EventTarget; returns what undoes it. */
function listen(target, name, listener) {
  if (typeof target?.on === 'function') {
    target.on(name, listener);
    // Emitters of packages may have `off` alone.
    return () => (target.removeListener ?? target.off)?.call(target, name, listener);
  }
  if (typeof target?.addEventListener === 'function') {
    target.addEventListener(name, listener);
    return () => target.removeEventListener(name, listener);
  }
  throw wrongType('emitter', 'an instance of EventEmitter', target);
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
export function once(emitter, name, options = {}) {
  // What the executor throws rejects the promise.
  return new Promise((resolve, reject) => {
    checkObject(options, 'options');
    const { signal } = options;
    checkSignal(signal, 'options.signal');
    if (signal?.aborted) throw abortError(signal);
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

function checkMark(value, name) {
  if (value === undefined) return;
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 1) throw outOfRange(name, `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
}

/** An async iterator of the values of each event `name`; an 'error' ends it by throwing. */
export function on(emitter, name, options = {}) {
  checkObject(options, 'options');
  const { signal, close = [], highWaterMark = Infinity, lowWaterMark = 1 } = options;
  checkSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  if (highWaterMark !== Infinity) checkMark(highWaterMark, 'options.highWaterMark');
  checkMark(lowWaterMark, 'options.lowWaterMark');
  const events = [];
  const waiting = [];
  const undo = [];
  let paused = false;
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
    if (next !== undefined) {
      next.resolve({ value: values, done: false });
      return;
    }
    events.push(values);
    if (events.length > highWaterMark && !paused) {
      paused = true;
      emitter.pause();
    }
  }));
  undo.push(listenForError(emitter, name, fail));
  for (const end of close) undo.push(listen(emitter, end, finish));
  if (signal !== undefined) undo.push(listen(signal, 'abort', () => fail(abortError(signal))));

  return {
    next() {
      if (events.length > 0) {
        const value = events.shift();
        if (paused && events.length < lowWaterMark) {
          paused = false;
          emitter.resume();
        }
        return Promise.resolve({ value, done: false });
      }
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
      if (!(error instanceof Error)) {
        throw wrongType('EventEmitter.AsyncIterator', 'an instance of Error', error);
      }
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

function isTarget(value) {
  return typeof value?.addEventListener === 'function';
}

export function getEventListeners(emitter, name) {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(name);
  const found = targetListeners(emitter, name);
  if (found !== undefined) return found;
  throw wrongType('emitter', 'an instance of EventEmitter or EventTarget', emitter);
}

export function getMaxListeners(emitter) {
  if (typeof emitter?.getMaxListeners === 'function') return emitter.getMaxListeners();
  if (isTarget(emitter)) return emitter[kMax] ?? EventEmitter.defaultMaxListeners;
  throw wrongType('emitter', 'an instance of EventEmitter or EventTarget', emitter);
}

export function setMaxListeners(n = EventEmitter.defaultMaxListeners, ...targets) {
  checkNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) EventEmitter.defaultMaxListeners = n;
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (isTarget(target)) {
      Object.defineProperty(target, kMax, { value: n, writable: true, configurable: true });
    } else throw wrongType('eventTargets', 'an instance of EventEmitter or EventTarget', target);
  }
}

/** Calls back once when the signal is aborted, or is already; what it returns undoes that. */
export function addAbortListener(signal, listener) {
  if (signal === undefined) throw wrongType('signal', 'an instance of AbortSignal', signal);
  checkSignal(signal, 'signal');
  checkFunction(listener, 'listener');
  let undo = () => {};
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    signal.addEventListener('abort', listener, { once: true });
    undo = () => signal.removeEventListener('abort', listener);
  }
  return { [Symbol.dispose ?? Symbol.for('Symbol.dispose')]: undo };
}
