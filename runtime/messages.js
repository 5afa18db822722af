// Headers, Request, Response and FormData, which are native: https://fetch.spec.whatwg.org/

import { classes } from 'ops:internal:messages';

export const { FormData, Headers, Request, Response } = classes();

/** How the console shows a class whose objects are pairs. */
function show(Class, joined) {
  Object.defineProperty(Class.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(depth, options, inspect) {
      if (depth < 0) return options.stylize(`[${Class.name}]`, 'special');
      const fields = {};
      for (const [name, value] of this) {
        if (joined(name)) fields[name] = value;
        else fields[name] = Object.hasOwn(fields, name) ? [...fields[name], value] : [value];
      }
      return `${Class.name} ${inspect(fields, options)}`;
    },
    writable: true,
    configurable: true,
  });
}

show(Headers, (name) => name !== 'set-cookie');
show(FormData, () => false);
