// Lines out of a stream, and questions that one of them answers.
//
// Spec: https://nodejs.org/api/readline.html#class-interfaceconstructor

import { EventEmitter } from 'events';
import { on } from 'internal:events_functions';
import {
  abortError, checkArray, checkNumber, checkSignal, checkString, coded, wrongType, wrongValue,
} from 'internal:errors';
import { checkWhole } from 'internal:stream_state';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

const HISTORY_MAX = 30;
const CRLF_DELAY_MS = 100;
const TAB_SIZE = 8;
const LINES_AHEAD = 1024;
const END_OF_LINE = /\r\n|[\n\r]/g;

function checkOptions({ completer, history, historySize, signal, tabSize }) {
  if (completer !== undefined && typeof completer !== 'function') {
    throw wrongValue('completer', completer);
  }
  if (history !== undefined) checkArray(history, 'history');
  if (historySize !== undefined) checkNumber(historySize, 'historySize', 0);
  if (tabSize !== undefined) checkWhole(tabSize, 'tabSize', 1);
  checkSignal(signal, 'options.signal');
}

export class Interface extends EventEmitter {
  line = '';
  cursor = 0;
  terminal = false;
  closed = false;
  paused = false;
  #rest = '';
  #decoder;
  /** When the last piece ended with a carriage return, whose line feed may follow. */
  #sawReturnAt = 0;
  #prompt;
  #answer;
  #promptBefore;
  #crlfDelay;
  #undo = [];

  constructor(input, output, completer, terminal) {
    super();
    const isOptions = input !== null && typeof input === 'object' && input.input !== undefined;
    const options = isOptions ? input : { input, output, completer, terminal };
    checkOptions(options);
    if (typeof options.input?.on !== 'function') {
      throw wrongType('input', 'an instance of Readable', options.input);
    }
    this.input = options.input;
    this.output = options.output;
    this.completer = options.completer;
    this.tabSize = options.tabSize ?? TAB_SIZE;
    this.historySize = options.historySize ?? HISTORY_MAX;
    this.history = options.history ?? [];
    this.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
    this.escapeCodeTimeout = options.escapeCodeTimeout;
    this.#prompt = options.prompt ?? '> ';
    this.#crlfDelay = Math.max(CRLF_DELAY_MS, options.crlfDelay ?? CRLF_DELAY_MS);
    this.terminal = Boolean(options.terminal ?? options.output?.isTTY);
    this.#listen(this.input, 'error', (error) => this.emit('error', error));
    if (this.terminal) this.#beginEditing();
    else this.#beginReading();
    this.#heed(options.signal);
    this.input.resume();
  }

  #listen(target, name, listener) {
    target.on(name, listener);
    this.#undo.push(() => target.removeListener(name, listener));
  }

  #heed(signal) {
    if (!signal) return;
    const close = () => this.close();
    if (signal.aborted) {
      nextTick(close);
      return;
    }
    signal.addEventListener('abort', close, { once: true });
    this.#undo.push(() => signal.removeEventListener('abort', close));
  }

  #beginReading() {
    const { StringDecoder } = load('string_decoder');
    this.#decoder = new StringDecoder('utf8');
    this.#listen(this.input, 'data', (chunk) => this.#take(this.#decoder.write(chunk)));
    this.#listen(this.input, 'end', () => {
      this.#rest += this.#decoder.end();
      const { length } = this.#rest;
      if (length > 0) this.emit('line', this.#rest);
      this.#rest = '';
      this.close();
    });
  }

  #beginEditing() {
    load('internal:readline_editor').edit(this);
    const { input, output } = this;
    load('internal:readline_keys').emitKeypressEvents(input, this);
    this.#listen(input, 'keypress', (text, key) => this._ttyWrite(text, key));
    this.#listen(input, 'end', () => {
      if (this.line.length > 0) this.emit('line', this.line);
      this.close();
    });
    if (output) this.#listen(output, 'resize', () => this._refreshLine());
    this._setRawMode(true);
  }

  /** Text that is no key of a terminal. */
  #take(given) {
    let text = given;
    if (this.#sawReturnAt > 0) {
      if (text.startsWith('\n') && Date.now() - this.#sawReturnAt <= this.#crlfDelay) {
        text = text.slice(1);
      }
      if (given !== '') this.#sawReturnAt = 0;
    }
    if (text === '') return;
    const before = this.#rest;
    let from = 0;
    const lines = [];
    for (const { 0: end, index } of text.matchAll(END_OF_LINE)) {
      lines.push(text.slice(from, index));
      from = index + end.length;
    }
    this.#rest = text.slice(from);
    if (lines.length === 0) {
      this.#rest = before + text;
      return;
    }
    lines[0] = before + lines[0];
    if (text.endsWith('\r')) this.#sawReturnAt = Date.now();
    for (const line of lines) this._onLine(line);
  }

  _onLine(line) {
    const answer = this.#answer;
    if (answer === undefined) {
      this.emit('line', line);
      return;
    }
    this.#answer = undefined;
    this.setPrompt(this.#promptBefore);
    answer(line);
  }

  getPrompt() {
    return this.#prompt;
  }

  setPrompt(prompt) {
    this.#prompt = prompt;
  }

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this.#prompt);
    }
  }

  /** Asks, unless a question is open: that one is shown again. */
  _question(query, signal, callback) {
    checkSignal(signal, 'options.signal');
    if (signal?.aborted || typeof callback !== 'function') return;
    if (this.closed) throw coded(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
    if (this.#answer !== undefined) {
      this.prompt();
      return;
    }
    let answer = callback;
    if (signal) {
      const abort = () => this.#cancel();
      signal.addEventListener('abort', abort, { once: true });
      answer = (text) => {
        signal.removeEventListener('abort', abort);
        callback(text);
      };
    }
    this.#promptBefore = this.#prompt;
    this.setPrompt(query);
    this.#answer = answer;
    this.prompt();
  }

  #cancel() {
    if (this.#answer === undefined) return;
    this.#answer = undefined;
    this.setPrompt(this.#promptBefore);
    this._leaveLine();
  }

  /** Goes on in the next line of the output. */
  _leaveLine() {
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
  }

  write(data, key) {
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else if (data !== undefined && data !== null) this.#take(this.#decoder.write(data));
  }

  _writeToOutput(text) {
    checkString(text, 'stringToWrite');
    this.output?.write(text);
  }

  _refreshLine() {}

  getCursorPos() {
    return { cols: this.getPrompt().length + this.cursor, rows: 0 };
  }

  _setRawMode(mode) {
    const { input } = this;
    const before = input.isRaw;
    if (typeof input.setRawMode === 'function') input.setRawMode(mode);
    return before;
  }

  pause() {
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume() {
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    for (const undo of this.#undo.splice(0)) undo();
    this.emit('close');
  }

  [Symbol.asyncIterator]() {
    return linesOf(on(this, 'line', { close: ['close'], highWaterMark: LINES_AHEAD }), this);
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.close();
  }
}

async function* linesOf(events, lines) {
  try {
    for await (const [line] of events) yield line;
  } finally {
    lines.close();
  }
}

/** A promise of the answer to a question. */
export function promisedQuestion(lines, query, options) {
  return new Promise((resolve, reject) => {
    const { signal } = options ?? {};
    checkSignal(signal, 'options.signal');
    let answered = resolve;
    if (signal) {
      if (signal.aborted) {
        reject(abortError(signal));
        return;
      }
      const abort = () => reject(abortError(signal));
      signal.addEventListener('abort', abort, { once: true });
      answered = (answer) => {
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
    }
    lines._question(query, signal, answered);
  });
}
