// URL and URLSearchParams, which are native, and node:url: https://url.spec.whatwg.org/

import { lateClass } from 'internal:late_class';
import * as native from 'ops:url';

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

const custom = Symbol.for('nodejs.util.inspect.custom');

export const { URL, URLSearchParams } = native.classes(iteratorPrototype);
export const { fileURLToPath, pathToFileURL, domainToASCII, domainToUnicode } = native;

/** How the console shows an object: these texts, between the braces after its name. */
function show(prototype, name, parts) {
  Object.defineProperty(prototype, custom, {
    value(depth, options, inspect) {
      if (depth < 0) return options.stylize('[Object]', 'special');
      const output = parts(this, (value) => inspect(value, options));
      if (output.length === 0) return `${name} {}`;
      const length = output.reduce((sum, part) => sum + part.length + 2, -2);
      if (length > options.breakLength || output.some((part) => part.includes('\n'))) {
        return `${name} {\n  ${output.join(',\n  ')} }`;
      }
      return `${name} { ${output.join(', ')} }`;
    },
    writable: true,
    configurable: true,
  });
}

show(URLSearchParams.prototype, 'URLSearchParams', (params, text) => (
  Array.from(params, ([name, value]) => `${text(name)} => ${text(value)}`)
));
show(Object.getPrototypeOf(new URLSearchParams().keys()), 'URLSearchParams Iterator', (left, text) => (
  native.remaining(left).map(text)
));

// The functions of old are in a file of their own, which few need.
const late = (name) => ({
  [name](...values) {
    return native.load('internal:url_legacy')[name](...values);
  },
})[name];

export const [parse, resolve, resolveObject, format, urlToHttpOptions] = [
  'parse', 'resolve', 'resolveObject', 'format', 'urlToHttpOptions',
].map(late);

export const Url = lateClass(native.load, 'internal:url_legacy', 'Url');

export default {
  URL, URLSearchParams, Url, domainToASCII, domainToUnicode, fileURLToPath, format, parse,
  pathToFileURL, resolve, resolveObject, urlToHttpOptions,
};
