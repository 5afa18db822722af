// Keys of Web Cryptography.
//
// Spec: https://w3c.github.io/webcrypto/#cryptokey-interface

const token = Symbol('internal');
const USAGES = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey',
];

let inner;
// What each key may be used for.
const allowed = new WeakMap();

export class CryptoKey {
  #handle;
  #type;
  #extractable;
  #algorithm;
  #usages;

  constructor(given, handle, type, extractable, algorithm, usages) {
    if (given !== token) throw new TypeError('Illegal constructor');
    this.#handle = handle;
    this.#type = type;
    this.#extractable = extractable;
    this.#algorithm = algorithm;
    // What a script does to the list that it sees does not change what the key is for.
    this.#usages = usages.slice();
    allowed.set(this, usages);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, options)}`;
  }

  get type() {
    return this.#type;
  }

  get extractable() {
    return this.#extractable;
  }

  get algorithm() {
    return this.#algorithm;
  }

  get usages() {
    return this.#usages;
  }

  static {
    inner = (key) => (#handle in key ? key.#handle : undefined);
  }
}

for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, {
  value: 'CryptoKey', configurable: true,
});

/** A key of a handle. The usages come in the order of the standard, each once. */
export function makeKey(handle, type, extractable, algorithm, usages) {
  const sorted = USAGES.filter((usage) => usages.includes(usage));
  return new CryptoKey(token, handle, type, extractable, algorithm, sorted);
}

export function isKey(value) {
  return typeof value === 'object' && value !== null && inner(value) !== undefined;
}

export function handleOf(key) {
  if (!isKey(key)) throw new TypeError('Value of "this" must be of type CryptoKey');
  return inner(key);
}

export function mayBeUsedTo(key, usage) {
  return allowed.get(key).includes(usage);
}

/** Usages as a script lists them; what is none is a `TypeError`. */
export function readUsages(given) {
  if (typeof given !== 'object' || given === null || !(Symbol.iterator in given)) {
    throw new TypeError('the key usages must be a sequence');
  }
  return Array.from(given, (usage) => {
    if (USAGES.includes(usage)) return usage;
    throw new TypeError(`'${usage}' is no key usage: they are ${USAGES.join(', ')}`);
  });
}
