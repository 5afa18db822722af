// What edits a line on a terminal: keys, the history, completion, and how the line is shown.
//
// Spec: https://nodejs.org/api/readline.html#tty-keybindings

import { clearScreenDown, cursorTo, moveCursor } from 'internal:readline_cursor';
import { width } from 'ops:internal:inspect';

const WORD = /[\p{L}\p{N}_]/u;

/** What of the editor an interface keeps, beside its own properties. */
const states = new WeakMap();

/** Gives an interface the methods of an editor. */
export function edit(lines) {
  states.set(lines, { historyAt: -1, edited: '', rowsAbove: 0 });
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(lines, name, { value: method, writable: true, configurable: true });
  }
}

/** The number of code units of the character before or after a place. */
function before(text, at) {
  return at > 1 && text.codePointAt(at - 2) > 0xffff ? 2 : Math.min(at, 1);
}

function after(text, at) {
  return text.codePointAt(at) > 0xffff ? 2 : Math.min(text.length - at, 1);
}

function wordLeft({ line, cursor }) {
  let at = cursor;
  while (at > 0 && !WORD.test(line[at - 1])) at--;
  while (at > 0 && WORD.test(line[at - 1])) at--;
  return at;
}

function wordRight({ line, cursor }) {
  let at = cursor;
  while (at < line.length && !WORD.test(line[at])) at++;
  while (at < line.length && WORD.test(line[at])) at++;
  return at;
}

/** Where the cursor is after a text, in a terminal so wide. */
function place(text, columns, tabSize) {
  let [rows, cols] = [0, 0];
  for (const character of text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')) {
    if (character === '\n') {
      rows++;
      cols = 0;
    } else {
      const wide = character === '\t' ? tabSize - (cols % tabSize) : width(character);
      if (cols + wide > columns) {
        rows++;
        cols = 0;
      }
      cols += wide;
      if (cols === columns) {
        rows++;
        cols = 0;
      }
    }
  }
  return { cols, rows };
}

function remove(lines, from, to) {
  if (from === to) return;
  lines.line = lines.line.slice(0, from) + lines.line.slice(to);
  lines.cursor = from;
  lines._refreshLine();
}

function moveTo(lines, at) {
  const from = lines.getCursorPos();
  lines.cursor = at;
  const to = lines.getCursorPos();
  if (lines.output) moveCursor(lines.output, to.cols - from.cols, to.rows - from.rows);
  states.get(lines).rowsAbove = to.rows;
}

function insert(lines, text) {
  const isAtEnd = lines.cursor === lines.line.length;
  const { rows } = lines.getCursorPos();
  lines.line = lines.line.slice(0, lines.cursor) + text + lines.line.slice(lines.cursor);
  lines.cursor += text.length;
  // Most keys only add a character, which needs no more than to be shown.
  if (isAtEnd && lines.getCursorPos().rows === rows) lines._writeToOutput(text);
  else lines._refreshLine();
}

/** The line is done: it is remembered, and told. */
function enter(lines) {
  const { line } = lines;
  remember(lines, line);
  const state = states.get(lines);
  moveTo(lines, line.length);
  lines._leaveLine();
  state.rowsAbove = 0;
  lines._onLine(line);
}

function remember(lines, line) {
  const state = states.get(lines);
  state.historyAt = -1;
  const { history } = lines;
  if (lines.historySize === 0 || line.trim() === '' || history[0] === line) return;
  if (lines.removeHistoryDuplicates && history.includes(line)) {
    history.splice(history.indexOf(line), 1);
  }
  history.unshift(line);
  if (history.length > lines.historySize) history.pop();
  lines.emit('history', history);
}

function recall(lines, step) {
  const state = states.get(lines);
  const at = state.historyAt + step;
  if (at < -1 || at >= lines.history.length) return;
  if (state.historyAt === -1) state.edited = lines.line;
  state.historyAt = at;
  lines.line = at === -1 ? state.edited : lines.history[at];
  lines.cursor = lines.line.length;
  lines._refreshLine();
}

function complete(lines) {
  const text = lines.line.slice(0, lines.cursor);
  const done = (error, result) => {
    if (error || !Array.isArray(result?.[0])) return;
    const [found, part] = result;
    const all = found.filter((each) => each !== '');
    if (all.length === 0) return;
    const prefix = all.reduce((one, other) => {
      let at = 0;
      while (at < one.length && one[at] === other[at]) at++;
      return one.slice(0, at);
    });
    if (prefix.startsWith(part) && prefix.length > part.length) {
      insert(lines, prefix.slice(part.length));
    } else if (all.length > 1) {
      lines._writeToOutput(`\r\n${all.join('  ')}\r\n`);
      states.get(lines).rowsAbove = 0;
      lines._refreshLine();
    }
  };
  const { completer } = lines;
  if (completer.length === 2) {
    completer(text, done);
    return;
  }
  Promise.resolve(completer(text)).then((result) => done(null, result), done);
}

function interrupt(lines) {
  if (lines.listenerCount('SIGINT') > 0) lines.emit('SIGINT');
  else lines.close();
}

/** Keys that are held with control. */
const WITH_CONTROL = {
  a: (lines) => moveTo(lines, 0),
  b: (lines) => moveTo(lines, lines.cursor - before(lines.line, lines.cursor)),
  c: interrupt,
  d: (lines) => {
    if (lines.line === '') lines.close();
    else remove(lines, lines.cursor, lines.cursor + after(lines.line, lines.cursor));
  },
  e: (lines) => moveTo(lines, lines.line.length),
  f: (lines) => moveTo(lines, lines.cursor + after(lines.line, lines.cursor)),
  h: (lines) => remove(lines, lines.cursor - before(lines.line, lines.cursor), lines.cursor),
  k: (lines) => remove(lines, lines.cursor, lines.line.length),
  l: (lines) => {
    lines._writeToOutput('\x1b[1;1H\x1b[0J');
    states.get(lines).rowsAbove = 0;
    lines._refreshLine();
  },
  n: (lines) => recall(lines, -1),
  p: (lines) => recall(lines, 1),
  u: (lines) => {
    const rest = lines.line.slice(lines.cursor);
    remove(lines, 0, lines.line.length - rest.length);
  },
  w: (lines) => remove(lines, wordLeft(lines), lines.cursor),
  z: (lines) => {
    if (lines.listenerCount('SIGTSTP') > 0) lines.emit('SIGTSTP');
  },
  left: (lines) => moveTo(lines, wordLeft(lines)),
  right: (lines) => moveTo(lines, wordRight(lines)),
  backspace: (lines) => remove(lines, wordLeft(lines), lines.cursor),
  delete: (lines) => remove(lines, lines.cursor, wordRight(lines)),
};

/** Keys that are held with alt, or come after an escape. */
const WITH_META = {
  b: WITH_CONTROL.left,
  f: WITH_CONTROL.right,
  d: WITH_CONTROL.delete,
  backspace: WITH_CONTROL.backspace,
};

const PLAIN = {
  return: enter,
  enter: (lines) => {
    // The line feed of a carriage return that came just before.
    if (!states.get(lines).sawReturn) enter(lines);
  },
  backspace: WITH_CONTROL.h,
  delete: (lines) => remove(lines, lines.cursor, lines.cursor + after(lines.line, lines.cursor)),
  left: WITH_CONTROL.b,
  right: WITH_CONTROL.f,
  home: WITH_CONTROL.a,
  end: WITH_CONTROL.e,
  up: WITH_CONTROL.p,
  down: WITH_CONTROL.n,
};

const methods = {
  _ttyWrite(text, given) {
    const key = given ?? {};
    const state = states.get(this);
    const table = key.ctrl ? WITH_CONTROL : key.meta ? WITH_META : PLAIN;
    const action = Object.hasOwn(table, key.name ?? '') ? table[key.name] : undefined;
    if (action !== undefined) action(this);
    else if (key.name === 'tab' && typeof this.completer === 'function') complete(this);
    else if (typeof text === 'string' && !key.ctrl && !key.meta) typed(this, text);
    state.sawReturn = key.name === 'return';
  },

  _refreshLine() {
    const state = states.get(this);
    const shown = this.getPrompt() + this.line;
    const columns = this._columns();
    const end = place(shown, columns, this.tabSize);
    const cursor = this.getCursorPos();
    if (this.output) {
      if (state.rowsAbove > 0) moveCursor(this.output, 0, -state.rowsAbove);
      cursorTo(this.output, 0);
      clearScreenDown(this.output);
      this._writeToOutput(shown);
      // At the edge the terminal waits with the new line.
      if (end.cols === 0 && end.rows > 0) this._writeToOutput(' ');
      cursorTo(this.output, cursor.cols);
      if (end.rows > cursor.rows) moveCursor(this.output, 0, cursor.rows - end.rows);
    }
    state.rowsAbove = cursor.rows;
  },

  _columns() {
    return this.output?.columns > 0 ? this.output.columns : Infinity;
  },

  getCursorPos() {
    const text = this.getPrompt() + this.line.slice(0, this.cursor);
    return place(text, this._columns(), this.tabSize);
  },
};

/** Text that somebody types or pastes: it may have several lines. */
function typed(lines, text) {
  const [first, ...rest] = text.split(/\r\n|\n|\r/);
  if (first !== '') insert(lines, first);
  for (const line of rest) {
    enter(lines);
    if (line !== '') insert(lines, line);
  }
}
