// tty: https://nodejs.org/api/tty.html
//
// The classes are those of the standard streams: no other terminal can be opened. They are loaded
// when somebody uses them, since most packages ask for `isatty` alone.

import { isTerminal, load } from 'ops:process';

export function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2 ** 31 - 1 && isTerminal(fd);
}

/** A class that is loaded when something is asked of it. */
function late(real) {
  return new Proxy(function Late() {}, {
    construct: (_, given, target) => Reflect.construct(real(), given, target),
    apply: (_, receiver, given) => Reflect.construct(real(), given),
    get: (_, name) => Reflect.get(real(), name),
    has: (_, name) => Reflect.has(real(), name),
    getPrototypeOf: () => Object.getPrototypeOf(real()),
  });
}

export const ReadStream = late(() => load('internal:stdin').ReadStream);
export const WriteStream = late(() => load('internal:stdio').WriteStream);

export default { isatty, ReadStream, WriteStream };
