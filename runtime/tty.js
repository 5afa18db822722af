// tty: https://nodejs.org/api/tty.html
//
// The classes are those of the standard streams: no other terminal can be opened.

import { WriteStream, checkTerminal } from 'internal:process_output';
import { isTerminal, load } from 'ops:process';

export function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2 ** 31 - 1 && isTerminal(fd);
}

const readStream = () => load('internal:stdin').ReadStream;

/** The class is loaded when something is asked of it: most packages ask for `isatty` alone. */
export const ReadStream = new Proxy(function ReadStream() {}, {
  construct(_, given, target) {
    checkTerminal(given[0], [0]);
    return Reflect.construct(readStream(), given, target);
  },
  apply: (_, receiver, given) => Reflect.construct(ReadStream, given),
  get: (_, name) => Reflect.get(readStream(), name),
  has: (_, name) => Reflect.has(readStream(), name),
  getPrototypeOf: () => Object.getPrototypeOf(readStream()),
});

export { WriteStream };
export default { isatty, ReadStream, WriteStream };
