// events: https://nodejs.org/api/events.html
//
// Left out: EventEmitterAsyncResource, domains. What Node keeps in `_events` is hidden here.

import {
  abortError, checkFunction, checkNumber, checkObject, checkSignal, coded, outOfRange, wrongType,
} from 'internal:errors';
import { listenersOf as targetListeners, load } from 'ops:events';

// Hidden, so that an emitter prints like any object, and not private, so that prototypes can be
// mixed into objects that no constructor has seen.
const kListeners = Symbol('listeners');
const kMax = Symbol('maxListeners');
const kCapture = Symbol('captureRejections');

export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');
export const usingDomains = false;

let defaultMax = 10;
let captureAll = false;

function hide(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, configurable: true });
}

/** Events are told apart as properties are: 1 and '1' are the same. */
function keyOf(name) {
  return typeof name === 'symbol' ? name : `${name}`;
}

function checkCapture(value, name) {
  if (typeof value !== 'boolean') throw wrongType(name, 'of type boolean', value);
}

export function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

export function init(options) {
  hide(this, kListeners, new Map());
  if (options?.captureRejections !== undefined && options.captureRejections !== null) {
    checkCapture(options.captureRejections, 'options.captureRejections');
    hide(this, kCapture, options.captureRejections);
  }
}

function listenersOf(emitter) {
  if (!Object.hasOwn(emitter, kListeners)) hide(emitter, kListeners, new Map());
  return emitter[kListeners];
}

function add(emitter, name, listener, first) {
  checkFunction(listener, 'listener');
  const all = listenersOf(emitter);
  if (all.has('newListener')) emitter.emit('newListener', name, listener.listener ?? listener);
  const key = keyOf(name);
  const known = all.get(key) ?? [];
  // A new array, because an `emit` may be walking the old one.
  const list = first ? [listener, ...known] : [...known, listener];
  all.set(key, list);
  const max = emitter.getMaxListeners();
  list.warned = known.warned ?? false;
  if (max > 0 && list.length > max && !list.warned) {
    list.warned = true;
    warnLeak(emitter, name, list.length, max);
  }
  return emitter;
}

function warnLeak(emitter, type, count, max) {
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to `
    + `[${emitter.constructor?.name ?? 'EventEmitter'}]. MaxListeners is ${max}. `
    + 'Use emitter.setMaxListeners() to increase limit',
  );
  warning.name = 'MaxListenersExceededWarning';
  load('process').default.emitWarning(Object.assign(warning, { emitter, type, count }));
}

function onceWrapper(emitter, name, listener) {
  checkFunction(listener, 'listener');
  // A listener that emits its own event again has been removed from the list, but not from the
  // one that an `emit` outside of it is walking.
  let fired = false;
  const wrapper = function onceWrapper(...values) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(name, wrapper);
    return listener.apply(this, values);
  };
  wrapper.listener = listener;
  return wrapper;
}

function unhandled(error) {
  if (error instanceof Error) return error;
  const { inspect } = load('internal:inspect');
  const wrapped = coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(error)})`);
  wrapped.context = error;
  return wrapped;
}

/** With `captureRejections`, what a listener's promise is rejected with is an 'error'. */
function capture(emitter, result, name, values) {
  if (typeof result?.then !== 'function') return;
  result.then(undefined, (error) => load('process').default.nextTick(() => {
    const handler = emitter[captureRejectionSymbol];
    if (typeof handler === 'function') {
      handler.call(emitter, error, name, ...values);
      return;
    }
    // A listener of 'error' that rejects must not come here again.
    const before = emitter[kCapture];
    hide(emitter, kCapture, false);
    try {
      emitter.emit('error', error);
    } finally {
      hide(emitter, kCapture, before);
    }
  }));
}

Object.assign(EventEmitter.prototype, {
  setMaxListeners(n) {
    checkNumber(n, 'setMaxListeners', 0);
    hide(this, kMax, n);
    return this;
  },

  getMaxListeners() {
    return this[kMax] ?? defaultMax;
  },

  emit(name, ...values) {
    const all = this[kListeners];
    if (name === 'error') {
      const monitors = all?.get(errorMonitor);
      if (monitors !== undefined) for (const monitor of monitors) monitor.apply(this, values);
    }
    const list = all?.get(keyOf(name));
    if (list === undefined) {
      if (name === 'error') throw unhandled(values[0]);
      return false;
    }
    const captures = this[kCapture] ?? captureAll;
    for (let index = 0; index < list.length; index++) {
      const result = list[index].apply(this, values);
      if (captures) capture(this, result, name, values);
    }
    return true;
  },

  addListener(name, listener) {
    return add(this, name, listener, false);
  },

  prependListener(name, listener) {
    return add(this, name, listener, true);
  },

  once(name, listener) {
    return add(this, name, onceWrapper(this, name, listener), false);
  },

  prependOnceListener(name, listener) {
    return add(this, name, onceWrapper(this, name, listener), true);
  },

  removeListener(name, listener) {
    checkFunction(listener, 'listener');
    const all = this[kListeners];
    const key = keyOf(name);
    const list = all?.get(key);
    if (list === undefined) return this;
    const at = list.findLastIndex((known) => known === listener || known.listener === listener);
    if (at < 0) return this;
    if (list.length === 1) {
      all.delete(key);
    } else {
      const rest = list.toSpliced(at, 1);
      rest.warned = list.warned;
      all.set(key, rest);
    }
    if (all.has('removeListener')) {
      this.emit('removeListener', name, list[at].listener ?? list[at]);
    }
    return this;
  },

  removeAllListeners(name) {
    const all = this[kListeners];
    if (all === undefined) return this;
    if (!all.has('removeListener')) {
      if (arguments.length === 0) all.clear();
      else all.delete(keyOf(name));
      return this;
    }
    if (arguments.length === 0) {
      // Those who hear of it go last.
      for (const key of [...all.keys()]) {
        if (key !== 'removeListener') this.removeAllListeners(key);
      }
      this.removeAllListeners('removeListener');
      all.clear();
      return this;
    }
    for (const listener of (all.get(keyOf(name)) ?? []).toReversed()) {
      this.removeListener(name, listener);
    }
    return this;
  },

  listeners(name) {
    return this.rawListeners(name).map((known) => known.listener ?? known);
  },

  rawListeners(name) {
    return [...(this[kListeners]?.get(keyOf(name)) ?? [])];
  },

  listenerCount(name, listener) {
    const list = this[kListeners]?.get(keyOf(name)) ?? [];
    if (listener === undefined || listener === null) return list.length;
    return list.filter((known) => known === listener || known.listener === listener).length;
  },

  eventNames() {
    return [...(this[kListeners]?.keys() ?? [])];
  },
});

EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

/** Listens on an EventEmitter or an EventTarget; returns what undoes it. */
function listen(target, name, listener) {
  if (typeof target?.on === 'function') {
    target.on(name, listener);
    return () => target.removeListener(name, listener);
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
  if (isTarget(emitter)) return emitter[kMax] ?? defaultMax;
  throw wrongType('emitter', 'an instance of EventEmitter or EventTarget', emitter);
}

export function setMaxListeners(n = defaultMax, ...targets) {
  checkNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) defaultMax = n;
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (isTarget(target)) hide(target, kMax, n);
    else throw wrongType('eventTargets', 'an instance of EventEmitter or EventTarget', target);
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

Object.assign(EventEmitter, {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  EventEmitter,
  usingDomains,
  captureRejectionSymbol,
  errorMonitor,
  setMaxListeners,
  init,
  listenerCount,
});

Object.defineProperties(EventEmitter, {
  captureRejections: {
    get: () => captureAll,
    set: (value) => {
      checkCapture(value, 'EventEmitter.captureRejections');
      captureAll = value;
    },
    enumerable: true,
  },
  defaultMaxListeners: {
    get: () => defaultMax,
    set: (n) => {
      checkNumber(n, 'defaultMaxListeners', 0);
      defaultMax = n;
    },
    enumerable: true,
  },
});

export default EventEmitter;
