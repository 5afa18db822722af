// What is a stream if somebody treats it as one, such as a hash: others do not pay for streams.
//
// The classes here inherit from what stands for the class of `stream`, and their prototypes from what
// stands for its: it is loaded when something of it is asked for. An object begins to be a stream
// with that.

import { load } from 'internal:crypto_late';

const STATES = ['_readableState', '_writableState'];

function lazily(name) {
  const real = () => load('stream')[name];
  let begin;

  class Lazy {
    #options;
    #begun = false;

    constructor(options) {
      this.#options = options;
    }

    static {
      begin = (object) => {
        if (!(#begun in object) || object.#begun) return;
        object.#begun = true;
        real().call(object, object.#options);
      };
    }
  }

  Object.setPrototypeOf(Lazy.prototype, new Proxy({ __proto__: null }, {
    get(target, key, receiver) {
      const { prototype } = real();
      const isOfStreams = STATES.includes(key) || (key in prototype && !(key in Object.prototype));
      if (!isOfStreams) return Reflect.get(prototype, key, receiver);
      begin(receiver);
      return STATES.includes(key)
        ? Object.getOwnPropertyDescriptor(receiver, key)?.value
        : Reflect.get(prototype, key, receiver);
    },
    has: (target, key) => key in real().prototype,
    getPrototypeOf: () => real().prototype,
  }));
  // Its static members, too; what every function has is no reason to load anything.
  Object.setPrototypeOf(Lazy, new Proxy({ __proto__: null }, {
    get(target, key, receiver) {
      const from = key in Function.prototype ? Function.prototype : real();
      return Reflect.get(from, key, receiver);
    },
    has: (target, key) => key in real(),
    getPrototypeOf: real,
  }));
  return Lazy;
}

/** What makes something else of what is written. */
export const LazyTransform = lazily('Transform');

/** What takes what is written. */
export const LazyWritable = lazily('Writable');
