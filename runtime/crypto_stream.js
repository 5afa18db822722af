// What is a stream if somebody treats it as one, such as a hash: others do not pay for streams.
//
// The prototypes here inherit from one that stands for that of the class of `stream`, which is loaded
// when something of it is asked for. An object begins to be a stream with that.

import { load } from 'internal:crypto_late';

const STATES = ['_readableState', '_writableState'];

function lazily(module, name) {
  const real = () => load(module)[name];
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
  return Lazy;
}

/** What makes something else of what is written. */
export const LazyTransform = lazily('internal:stream_duplex', 'Transform');

/** What takes what is written. */
export const LazyWritable = lazily('internal:stream_writable', 'Writable');
