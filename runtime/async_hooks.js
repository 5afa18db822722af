// async_hooks: what callbacks find again that were registered while it was there.
//
// Spec: https://nodejs.org/api/async_context.html. A frame is a map of the stores that are there, which
// nobody changes: to run with another store is to run with another map.
// Left out: `createHook`, since the engine does not tell of each asynchronous operation.

import { checkFunction, checkObject, checkString, coded } from 'internal:errors';
import { begin, current, swap } from 'ops:async_hooks';

begin();

function within(frame, callback, self, values) {
  const before = swap(frame);
  try {
    return Reflect.apply(callback, self, values);
  } finally {
    swap(before);
  }
}

export class AsyncLocalStorage {
  #fallback;
  #name;
  // Stores of before `disable` do not count.
  #round = 0;

  constructor(options = {}) {
    checkObject(options, 'options');
    const { defaultValue, name } = options;
    if (name !== undefined) checkString(name, 'options.name');
    this.#fallback = defaultValue;
    this.#name = name ?? '';
  }

  static bind(fn) {
    checkFunction(fn, 'fn');
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    const frame = current();
    return (fn, ...values) => {
      checkFunction(fn, 'fn');
      return within(frame, fn, undefined, values);
    };
  }

  get name() {
    return this.#name;
  }

  #with(store) {
    const frame = new Map(current());
    return frame.set(this, { store, round: this.#round });
  }

  run(store, callback, ...values) {
    checkFunction(callback, 'callback');
    return within(this.#with(store), callback, undefined, values);
  }

  exit(callback, ...values) {
    return this.run(undefined, callback, ...values);
  }

  enterWith(store) {
    swap(this.#with(store));
  }

  getStore() {
    const found = current()?.get(this);
    return found === undefined || found.round !== this.#round ? this.#fallback : found.store;
  }

  disable() {
    this.#round += 1;
  }
}

let lastId = 1;
let running = { id: 1, trigger: 0, resource: {} };

export class AsyncResource {
  #frame = current();
  #id;
  #trigger;

  constructor(type, options = {}) {
    checkString(type, 'type');
    const trigger = typeof options === 'number' ? options : options?.triggerAsyncId ?? running.id;
    if (!Number.isSafeInteger(trigger) || trigger < -1) {
      throw coded(RangeError, 'ERR_INVALID_ASYNC_ID', `Invalid triggerAsyncId value: ${trigger}`);
    }
    lastId += 1;
    this.#id = lastId;
    this.#trigger = trigger;
  }

  static bind(fn, type, thisArg) {
    checkFunction(fn, 'fn');
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }

  bind(fn, thisArg) {
    checkFunction(fn, 'fn');
    const resource = this;
    const bound = function(...values) {
      return resource.runInAsyncScope(fn, thisArg === undefined ? this : thisArg, ...values);
    };
    Object.defineProperty(bound, 'length', { value: fn.length, configurable: true });
    return bound;
  }

  runInAsyncScope(fn, thisArg, ...values) {
    const before = running;
    running = { id: this.#id, trigger: this.#trigger, resource: this };
    try {
      return within(this.#frame, fn, thisArg, values);
    } finally {
      running = before;
    }
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return this.#trigger;
  }
}

/** The number of the `AsyncResource` in whose scope this is called; 1 outside of any. */
export function executionAsyncId() {
  return running.id;
}

export function triggerAsyncId() {
  return running.trigger;
}

export function executionAsyncResource() {
  return running.resource;
}

export function createHook() {
  const message = 'createHook() is not there in krandog, whose engine does not tell of each '
    + 'asynchronous operation: AsyncLocalStorage carries a value along, and AsyncResource marks a scope';
  throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', message);
}

export const asyncWrapProviders = Object.freeze({ __proto__: null, NONE: 0 });

export default {
  AsyncLocalStorage, AsyncResource, asyncWrapProviders, createHook, executionAsyncId,
  executionAsyncResource, triggerAsyncId,
};
