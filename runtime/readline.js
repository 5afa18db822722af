// readline: https://nodejs.org/api/readline.html
//
// Lines are read in `readline_interface`. What edits them on a terminal is a file of its own, as is
// what takes keys apart, loaded when there is a terminal.

import { clearLine, clearScreenDown, cursorTo, moveCursor } from 'internal:readline_cursor';
import { Interface as Base } from 'internal:readline_interface';
import { load } from 'ops:stream';

export function emitKeypressEvents(stream, lines = {}) {
  load('internal:readline_keys').emitKeypressEvents(stream, lines);
}

const kPromisify = Symbol.for('nodejs.util.promisify.custom');

export class Interface extends Base {
  question(query, options, last) {
    const [given, callback] = typeof options === 'function' ? [{}, options] : [options ?? {}, last];
    this._question(query, given.signal, callback);
  }
}

Object.defineProperty(Interface.prototype.question, kPromisify, {
  value: function question(query, options) {
    return load('internal:readline_interface').promisedQuestion(this, query, options);
  },
});

export function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

const promises = () => load('readline/promises').default;

const readline = {
  Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor,
};
Object.defineProperty(readline, 'promises', {
  configurable: true,
  enumerable: true,
  get: promises,
});

export { clearLine, clearScreenDown, cursorTo, moveCursor };
export default readline;
