// navigator: https://html.spec.whatwg.org/#the-navigator-object, what is the same for all programs.

import { coded } from 'internal:errors';
import { availableParallelism } from 'os';
import process from 'process';

const inside = Symbol('inside');

export class Navigator {
  constructor(key) {
    if (key !== inside) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }

  get hardwareConcurrency() {
    return availableParallelism();
  }

  get language() {
    return 'en-US';
  }

  get languages() {
    return Object.freeze(['en-US']);
  }

  get platform() {
    return process.platform;
  }

  get userAgent() {
    return `krandog/${process.versions.krandog}`;
  }
}

const names = ['hardwareConcurrency', 'language', 'languages', 'platform', 'userAgent'];
for (const name of names) Object.defineProperty(Navigator.prototype, name, { enumerable: true });
Object.defineProperties(Navigator.prototype, {
  [Symbol.toStringTag]: { value: 'Navigator', configurable: true },
  [Symbol.for('nodejs.util.inspect.custom')]: {
    value(depth, options, inspect) {
      const shown = Object.fromEntries(names.map((name) => [name, this[name]]));
      return `Navigator ${inspect(shown, options)}`;
    },
    writable: true,
    configurable: true,
  },
});

export const navigator = new Navigator(inside);
