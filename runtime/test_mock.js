// `mock` and `t.mock`: functions and properties that stand for others, and remember how they were
// used. https://nodejs.org/api/test.html#class-mocktracker

import {
  checkFunction, checkObject, checkString, wrongType, wrongValue,
} from 'internal:errors';
import { callSite, mockModule, unmockModule } from 'internal:test';
import { MockTimers } from 'internal:test_mock_timers';
import { count } from 'internal:test_options';

/** What is known of one mock: `fn.mock`. */
class MockFunctionContext {
  #calls = [];
  #implementation;
  #once = new Map();
  #restore;
  #original;
  #left;

  constructor(original, implementation, restore, times) {
    this.#original = original;
    this.#implementation = implementation;
    this.#restore = restore;
    this.#left = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  resetCalls() {
    this.#calls = [];
  }

  mockImplementation(implementation) {
    checkFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    checkFunction(implementation, 'implementation');
    const next = this.#calls.length;
    const call = onCall ?? next;
    count(call, 'onCall', next);
    this.#once.set(call, implementation);
  }

  restore() {
    this.#implementation = this.#original;
    this.#once.clear();
    this.#restore?.();
  }

  /** Calls what is to be called; not for scripts. */
  static call(context, self, values, target) {
    const number = context.#calls.length;
    const implementation = context.#once.get(number) ?? context.#implementation;
    context.#once.delete(number);
    if (context.#left !== undefined && number + 1 === context.#left) context.restore();
    let result;
    let error;
    try {
      result = target === undefined
        ? Reflect.apply(implementation, self, values)
        : Reflect.construct(implementation, values, target);
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      const stack = new Error();
      const me = target === undefined ? self : result;
      context.#calls.push({ arguments: values, error, result, stack, target, this: me });
    }
    return result;
  }
}

const { call } = MockFunctionContext;
delete MockFunctionContext.call;

function timesOf({ times }) {
  return times === undefined ? undefined : count(times, 'options.times', 1);
}

function mocked(original, implementation, restore, times) {
  const context = new MockFunctionContext(original, implementation, restore, times);
  const proxy = new Proxy(original, {
    apply: (_, self, values) => call(context, self, values, undefined),
    construct: (_, values, target) => call(
      context, undefined, values, target === proxy ? original : target,
    ),
    get: (target, name) => (name === 'mock' ? context : Reflect.get(target, name)),
  });
  return { context, proxy };
}

/** The property, wherever the object has it from. */
function find(object, name) {
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
    const property = Object.getOwnPropertyDescriptor(at, name);
    if (property !== undefined) return property;
  }
  return undefined;
}

/** What is known of a mocked property. */
class MockPropertyContext {
  #object;
  #name;
  #before;
  #value;
  #accesses = [];
  #once = new Map();

  constructor(object, name, value) {
    this.#object = object;
    this.#name = name;
    this.#before = Object.getOwnPropertyDescriptor(object, name);
    const inherited = find(object, name);
    if (inherited === undefined) throw wrongValue('propertyName', name, 'is no property');
    this.#value = value;
    Object.defineProperty(object, name, {
      configurable: true,
      enumerable: inherited.enumerable,
      get: () => this.#access('get'),
      set: (given) => this.#access('set', given),
    });
  }

  #access(type, given) {
    const number = this.#accesses.length;
    const once = this.#once.get(number);
    this.#once.delete(number);
    let value;
    if (type === 'set') value = once === undefined ? given : once.value;
    else value = once === undefined ? this.#value : once.value;
    if (type === 'set') this.#value = value;
    this.#accesses.push({ type, value, stack: new Error() });
    return value;
  }

  get accesses() {
    return this.#accesses.slice();
  }

  accessCount() {
    return this.#accesses.length;
  }

  resetAccesses() {
    this.#accesses = [];
  }

  mockImplementation(value) {
    this.#value = value;
  }

  mockImplementationOnce(value, onAccess) {
    const next = this.#accesses.length;
    this.#once.set(count(onAccess ?? next, 'onAccess', next), { value });
  }

  restore() {
    if (this.#before === undefined) delete this.#object[this.#name];
    else Object.defineProperty(this.#object, this.#name, this.#before);
  }
}

export class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    this.#timers ??= new MockTimers();
    return this.#timers;
  }

  fn(original = () => {}, implementation = undefined, options = {}) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = () => {};
      implementation = undefined;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    checkFunction(original, 'original');
    implementation ??= original;
    checkFunction(implementation, 'implementation');
    checkObject(options, 'options');
    const { context, proxy } = mocked(original, implementation, undefined, timesOf(options));
    this.#mocks.push(context);
    return proxy;
  }

  method(object, name, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw wrongType('object', 'an instance of Object', object);
    }
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw wrongType('methodName', 'one of type string or symbol', name);
    }
    checkObject(options, 'options');
    if (implementation !== undefined) checkFunction(implementation, 'implementation');
    const { getter = false, setter = false } = options;
    for (const [option, value] of Object.entries({ getter, setter })) {
      if (typeof value !== 'boolean') throw wrongType(`options.${option}`, 'of type boolean', value);
    }
    if (getter && setter) {
      throw wrongValue('options.setter', setter, 'cannot be used with \'options.getter\'');
    }
    const field = getter ? 'get' : setter ? 'set' : 'value';
    const property = find(object, name);
    const original = property?.[field];
    if (typeof original !== 'function') {
      throw wrongValue('methodName', original, 'must be a method');
    }
    return this.#replace({ object, name, field, property, original, implementation, options });
  }

  #replace({ object, name, field, property, original, implementation, options }) {
    const before = Object.getOwnPropertyDescriptor(object, name);
    const restore = () => {
      if (before === undefined) delete object[name];
      else Object.defineProperty(object, name, before);
    };
    const { context, proxy } = mocked(
      original, implementation ?? original, restore, timesOf(options),
    );
    Object.defineProperty(object, name, { ...property, configurable: true, [field]: proxy });
    this.#mocks.push(context);
    return proxy;
  }

  getter(object, name, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    if (options.getter === false) throw wrongValue('options.getter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    if (options.setter === false) throw wrongValue('options.setter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  property(object, name, value) {
    if (object === null || typeof object !== 'object') {
      throw wrongType('object', 'an instance of Object', object);
    }
    const first = arguments.length > 2 ? value : object[name];
    const context = new MockPropertyContext(object, name, first);
    this.#mocks.push(context);
    return new Proxy(object, {
      get: (target, key, receiver) => (
        key === 'mock' ? context : Reflect.get(target, key, receiver)
      ),
    });
  }

  /** What is imported from now on in place of a module. */
  module(specifier, options = {}) {
    if (specifier instanceof URL) specifier = specifier.href;
    checkString(specifier, 'specifier');
    checkObject(options, 'options');
    const { cache = false, defaultExport, namedExports = {} } = options;
    if (typeof cache !== 'boolean') throw wrongType('options.cache', 'of type boolean', cache);
    checkObject(namedExports, 'options.namedExports');
    const pairs = Object.entries(namedExports);
    if ('defaultExport' in options) pairs.unshift(['default', defaultExport]);
    const key = mockModule(specifier, callSite().file, pairs);
    const context = { restore: () => unmockModule(key) };
    this.#mocks.push(context);
    return context;
  }

  restoreAll() {
    for (const context of this.#mocks.toReversed()) context.restore();
  }

  /** Brings everything back, and forgets it. */
  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }
}
