// The global `crypto`.
//
// Spec: https://w3c.github.io/webcrypto/. What `subtle` does with keys is loaded when it is used.

import { DOMException } from 'internal:dom_exception';
import { digestLater, fillRandom, randomUUID } from 'ops:crypto';
import { load } from 'ops:internal:webcrypto';

const RANDOM_MAX = 65536;
const INTEGERS = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  BigInt64Array, BigUint64Array,
];
const ILLEGAL = 'Illegal constructor';
const token = Symbol('internal');

export class SubtleCrypto {
  constructor(given) {
    if (given !== token) throw new TypeError(ILLEGAL);
  }

  /** A promise for the hash of some bytes: `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`. */
  async digest(algorithm, data) {
    const name = `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`;
    if (!/^SHA-(1|256|384|512)$/i.test(name)) {
      throw new DOMException(`Unrecognized algorithm name: ${name}`, 'NotSupportedError');
    }
    if (!ArrayBuffer.isView(data) && !(data instanceof ArrayBuffer)) {
      throw new TypeError('the "data" argument must be an ArrayBuffer or a view of one');
    }
    return digestLater(name, data);
  }
}

// The other operations, by the number of their arguments.
const OPERATIONS = {
  decrypt: 3, deriveBits: 2, deriveKey: 5, encrypt: 3, exportKey: 2, generateKey: 3, importKey: 5,
  sign: 3, unwrapKey: 7, verify: 4, wrapKey: 4,
};

for (const [name, length] of Object.entries(OPERATIONS)) {
  const { [name]: operation } = {
    async [name](...given) {
      if (!(this instanceof SubtleCrypto)) throw new TypeError('Illegal invocation');
      if (given.length >= length) return load('internal:webcrypto_subtle')[name](...given);
      throw new TypeError(`${name} needs ${length} arguments, and got ${given.length}`);
    },
  };
  Object.defineProperty(operation, 'length', { value: length });
  Object.defineProperty(SubtleCrypto.prototype, name, {
    value: operation, writable: true, enumerable: true, configurable: true,
  });
}

export class Crypto {
  #subtle = new SubtleCrypto(token);

  constructor(given) {
    if (given !== token) throw new TypeError(ILLEGAL);
  }

  get subtle() {
    return this.#subtle;
  }

  getRandomValues(array) {
    if (!INTEGERS.some((Class) => array instanceof Class)) {
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > RANDOM_MAX) {
      const text = `The requested length exceeds ${RANDOM_MAX} bytes`;
      throw new DOMException(text, 'QuotaExceededError');
    }
    fillRandom(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), 0, array.byteLength);
    return array;
  }

  randomUUID() {
    return randomUUID();
  }
}

for (const Class of [Crypto, SubtleCrypto]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

export const webcrypto = new Crypto(token);
