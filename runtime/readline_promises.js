// readline/promises: https://nodejs.org/api/readline.html#promises-api

import { checkInteger, wrongType } from 'internal:errors';
import {
  clearLineSequence, movementSequence, positionSequence,
} from 'internal:readline_cursor';
import { Interface as Base, promisedQuestion } from 'internal:readline_interface';

export class Interface extends Base {
  question(query, options = {}) {
    return promisedQuestion(this, query, options);
  }
}

export function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

/** What moves the cursor of a stream, collected until `commit`. */
export class Readline {
  #stream;
  #autoCommit = false;
  #todo = [];

  constructor(stream, options = undefined) {
    if (typeof stream?.write !== 'function') {
      throw wrongType('stream', 'an instance of Writable', stream);
    }
    this.#stream = stream;
    const { autoCommit } = options ?? {};
    if (autoCommit !== undefined && typeof autoCommit !== 'boolean') {
      throw wrongType('options.autoCommit', 'of type boolean', autoCommit);
    }
    this.#autoCommit = autoCommit ?? false;
  }

  #add(sequence) {
    if (this.#autoCommit) queueMicrotask(() => this.#stream.write(sequence));
    else this.#todo.push(sequence);
    return this;
  }

  cursorTo(x, y = undefined) {
    checkInteger(x, 'x');
    if (y !== undefined) checkInteger(y, 'y');
    return this.#add(positionSequence(x, y));
  }

  moveCursor(dx, dy) {
    checkInteger(dx, 'dx');
    checkInteger(dy, 'dy');
    if (dx === 0 && dy === 0) return this;
    return this.#add(movementSequence(dx, dy));
  }

  clearLine(direction) {
    checkInteger(direction, 'dir');
    return this.#add(clearLineSequence(direction));
  }

  clearScreenDown() {
    return this.#add('\x1b[0J');
  }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#todo.splice(0).join(''), resolve);
    });
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}

export default { Interface, Readline, createInterface };
