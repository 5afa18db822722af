// URL and URLSearchParams, which are native, and node:url: https://url.spec.whatwg.org/

import * as native from 'ops:url';

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

export const { URL, URLSearchParams } = native.classes(iteratorPrototype);
export const { fileURLToPath, pathToFileURL, domainToASCII, domainToUnicode } = native;

Object.defineProperty(URLSearchParams.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(depth, options, inspect) {
    const pairs = [...this].map(([name, value]) => {
      return `${inspect(name, options)} => ${inspect(value, options)}`;
    });
    return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
  },
  writable: true,
  configurable: true,
});

export default {
  URL, URLSearchParams, fileURLToPath, pathToFileURL, domainToASCII, domainToUnicode,
};
