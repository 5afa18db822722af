// Headers, Request and Response, which are native: https://fetch.spec.whatwg.org/

import { classes } from 'ops:internal:messages';

export const { Headers, Request, Response } = classes();

Object.defineProperty(Headers.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(depth, options, inspect) {
    if (depth < 0) return options.stylize('[Headers]', 'special');
    const fields = {};
    for (const [name, value] of this) {
      if (name !== 'set-cookie') fields[name] = value;
      else fields[name] = [...(fields[name] ?? []), value];
    }
    return `Headers ${inspect(fields, options)}`;
  },
  writable: true,
  configurable: true,
});
