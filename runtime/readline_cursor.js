// What moves the cursor of a terminal.
//
// Spec: https://nodejs.org/api/readline.html#readlineclearlinestream-dir-callback

import { checkFunction, coded, wrongValue } from 'internal:errors';
import { nextTick } from 'ops:process';

const CLEAR_LINE = { '-1': '\x1b[1K', 0: '\x1b[2K', 1: '\x1b[0K' };

/** Writes what moves the cursor, and calls back when that is done. */
function send(stream, sequence, callback) {
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (sequence === '' || stream === null || stream === undefined) {
    if (typeof callback === 'function') nextTick(callback, null);
    return true;
  }
  return stream.write(sequence, callback);
}

function checkedPosition(value, name) {
  if (Number.isNaN(value)) throw wrongValue(name, value);
}

/** What puts the cursor somewhere; `y` may be left out. */
export function positionSequence(x, y) {
  checkedPosition(x, 'x');
  checkedPosition(y, 'y');
  if (typeof x !== 'number' && typeof y !== 'number') return '';
  if (typeof x !== 'number') {
    const message = 'Cannot set cursor row without setting its column';
    throw coded(TypeError, 'ERR_INVALID_CURSOR_POS', message);
  }
  return typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`;
}

export function movementSequence(dx, dy) {
  const horizontal = dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : '';
  const vertical = dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : '';
  return horizontal + vertical;
}

export function clearLineSequence(direction) {
  return CLEAR_LINE[Math.sign(direction) || 0];
}

export function cursorTo(stream, x, y, callback) {
  const [row, done] = typeof y === 'function' ? [undefined, y] : [y, callback];
  if (done !== undefined) checkFunction(done, 'callback');
  return send(stream, positionSequence(x, row), done);
}

export function moveCursor(stream, dx, dy, callback) {
  return send(stream, movementSequence(dx, dy), callback);
}

export function clearLine(stream, direction, callback) {
  return send(stream, clearLineSequence(direction), callback);
}

export function clearScreenDown(stream, callback) {
  return send(stream, '\x1b[0J', callback);
}
