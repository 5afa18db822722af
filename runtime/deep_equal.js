// deep_equal: whether two values have the same structure, as Node's util.isDeepStrictEqual and
// assert.deepStrictEqual judge; `loose` is for the assert.deepEqual of old.

import { kindOf, namedKeys } from 'ops:internal:inspect';

const enumerable = Object.prototype.propertyIsEnumerable;

function ownKeys(object) {
  const keys = Object.keys(object);
  for (const symbol of Object.getOwnPropertySymbols(object)) {
    if (enumerable.call(object, symbol)) keys.push(symbol);
  }
  return keys;
}

function listKeys(list) {
  return namedKeys(list).filter((key) => enumerable.call(list, key));
}

function bytesOf(view) {
  if (!ArrayBuffer.isView(view)) return new Uint8Array(view);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

class Comparison {
  #loose;
  // Pairs under comparison: a cycle is equal to a cycle at the same place.
  #pairs = new Map();

  constructor(loose) {
    this.#loose = loose;
  }

  equal(a, b) {
    if (Object.is(a, b)) return true;
    const bothObjects = a !== null && b !== null
      && (typeof a === 'object' || typeof a === 'function')
      && (typeof b === 'object' || typeof b === 'function');
    if (!bothObjects) return this.#primitives(a, b);
    if (typeof a !== typeof b) return false;
    if (!this.#loose && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    const kind = kindOf(a);
    if (kind !== kindOf(b)) return false;
    if (typeof a === 'function') return false;
    if (this.#pairs.get(a) === b) return true;
    const outer = this.#pairs.get(a);
    this.#pairs.set(a, b);
    const result = this.#objects(a, b, kind);
    if (outer === undefined) this.#pairs.delete(a);
    else this.#pairs.set(a, outer);
    return result;
  }

  #primitives(a, b) {
    if (!this.#loose) return false;
    if (typeof a === 'object' && a !== null) return false;
    if (typeof b === 'object' && b !== null) return false;
    // eslint-disable-next-line eqeqeq -- this is what loose means
    return a == b || (a !== a && b !== b);
  }

  #objects(a, b, kind) {
    switch (kind) {
      case 'array':
        return a.length === b.length && this.#items(a, b) && this.#keys(a, b, listKeys);
      case 'typed array':
        return a.length === b.length && this.#numbers(a, b) && this.#keys(a, b, listKeys);
      case 'array buffer':
      case 'data view':
        return this.#numbers(bytesOf(a), bytesOf(b)) && this.#keys(a, b, ownKeys);
      case 'map':
        return a.size === b.size && this.#maps(a, b) && this.#keys(a, b, ownKeys);
      case 'set':
        return a.size === b.size && this.#sets(a, b) && this.#keys(a, b, ownKeys);
      case 'date':
        return Object.is(a.getTime(), b.getTime()) && this.#keys(a, b, ownKeys);
      case 'regexp':
        return String(a) === String(b) && a.lastIndex === b.lastIndex && this.#keys(a, b, ownKeys);
      case 'error':
        return a.name === b.name && a.message === b.message && this.equal(a.cause, b.cause)
          && this.equal(a.errors, b.errors) && this.#keys(a, b, ownKeys);
      case 'number':
      case 'string':
      case 'boolean':
      case 'bigint':
      case 'symbol':
        return Object.is(a.valueOf(), b.valueOf()) && this.#keys(a, b, ownKeys);
      case 'promise':
        return false;
      default:
        if (a instanceof WeakMap || a instanceof WeakSet || a instanceof WeakRef) return false;
        return this.#keys(a, b, ownKeys);
    }
  }

  #items(a, b) {
    for (let index = 0; index < a.length; index++) {
      if (!this.#loose && Object.hasOwn(a, index) !== Object.hasOwn(b, index)) return false;
      if (!this.equal(a[index], b[index])) return false;
    }
    return true;
  }

  #numbers(a, b) {
    if (a.length !== b.length) return false;
    return a.every((number, index) => (
      Object.is(number, b[index]) || (this.#loose && number === b[index])
    ));
  }

  #keys(a, b, keysOf) {
    const keys = keysOf(a);
    if (keys.length !== keysOf(b).length) return false;
    return keys.every((key) => enumerable.call(b, key) && this.equal(a[key], b[key]));
  }

  #sets(a, b) {
    const rest = [...b].filter((value) => !a.has(value));
    for (const value of a) {
      if (b.has(value)) continue;
      const at = rest.findIndex((other) => this.equal(value, other));
      if (at < 0) return false;
      rest.splice(at, 1);
    }
    return true;
  }

  #maps(a, b) {
    const rest = [...b.keys()].filter((key) => !a.has(key));
    for (const [key, value] of a) {
      if (b.has(key)) {
        if (!this.equal(value, b.get(key))) return false;
        continue;
      }
      const at = rest.findIndex((other) => (
        this.equal(key, other) && this.equal(value, b.get(other))
      ));
      if (at < 0) return false;
      rest.splice(at, 1);
    }
    return true;
  }
}

export function isDeepStrictEqual(a, b) {
  return new Comparison(false).equal(a, b);
}

export function isDeepEqual(a, b) {
  return new Comparison(true).equal(a, b);
}
