// The standard streams as Writables, and what terminals can do.
//
// Spec: https://nodejs.org/api/tty.html, https://nodejs.org/api/process.html#a-note-on-process-io

import { Buffer } from 'buffer';
import { checkObject } from 'internal:errors';
import { Output } from 'internal:process_output';
import { clearLine, clearScreenDown, cursorTo, moveCursor } from 'internal:readline_cursor';
import { checkWhole } from 'internal:stream_state';
import { Writable } from 'internal:stream_writable';
import * as native from 'ops:process';

/** Makes an output a Writable. What it has as one is behind it, in its property `key`. */
export function become(output, key) {
  const members = Object.create(output.isTTY ? ofTerminals : ofOutputs);
  output[key] = members;
  Object.setPrototypeOf(Output.prototype, Writable.prototype);
  Writable.call(output);
  const state = members._writableState;
  state.decodeStrings = false;
  state.emitClose = false;
  if (output.isTTY) hearResizes(output);
  return members;
}

/** The system tells of a new size while somebody listens. */
function hearResizes(stream) {
  let size = native.terminalSize(stream.fd);
  const resized = () => {
    const now = native.terminalSize(stream.fd);
    if (now === undefined || (now[0] === size?.[0] && now[1] === size?.[1])) return;
    size = now;
    stream.emit('resize');
  };
  const { default: process } = native.load('process');
  stream.on('newListener', (name) => {
    if (name === 'resize' && stream.listenerCount('resize') === 0) process.on('SIGWINCH', resized);
  });
  stream.on('removeListener', (name) => {
    if (name === 'resize' && stream.listenerCount('resize') === 0) process.off('SIGWINCH', resized);
  });
}

const ofOutputs = {
  __proto__: Writable.prototype,

  _write(chunk, encoding, callback) {
    const isPlain = typeof chunk !== 'string' || /^utf-?8$/i.test(encoding);
    try {
      native.write(this.fd, isPlain ? chunk : Buffer.from(chunk, encoding));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },

  // These cannot be closed: others write to them too.
  _destroy(error, callback) {
    callback(error);
    this._undestroy();
    if (!this._writableState.emitClose) native.nextTick(() => this.emit('close'));
  },

  destroySoon(error) {
    return this.destroy(error);
  },
};

const ofTerminals = {
  __proto__: ofOutputs,

  clearLine(direction, callback) {
    return clearLine(this, direction, callback);
  },

  clearScreenDown(callback) {
    return clearScreenDown(this, callback);
  },

  cursorTo(x, y, callback) {
    return cursorTo(this, x, y, callback);
  },

  moveCursor(dx, dy, callback) {
    return moveCursor(this, dx, dy, callback);
  },

  getColorDepth(env) {
    return colorDepth(env);
  },
};

/** Bits of a colour, as the variables say. */
const DEPTHS = { '': 4, 1: 4, true: 4, 2: 8, 3: 24 };
const KNOWN = [
  [/^xterm-kitty|^alacritty|^wezterm|^mosh|^terminator/, 24],
  [/-256(color)?$/i, 8],
  [/^(xterm|screen|vt100|vt220|rxvt|putty|tmux)|color|ansi|cygwin|linux|konsole|kitty/i, 4],
];

/** What the variables say of a terminal: 1, 4, 8 or 24 bits. */
function colorDepth(env = globalThis.process.env) {
  checkObject(env, 'env', true);
  if (env.FORCE_COLOR !== undefined) return DEPTHS[env.FORCE_COLOR] ?? 1;
  const isPlain = env.NODE_DISABLE_COLORS || env.NO_COLOR || env.TERM === 'dumb';
  if (isPlain) return 1;
  if (env.TMUX) return 24;
  if (env.CI !== undefined) return 'GITHUB_ACTIONS' in env || 'GITEA_ACTIONS' in env ? 24 : 8;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 24;
  if (env.TERM_PROGRAM === 'Apple_Terminal') return 8;
  if (env.TERM_PROGRAM !== undefined) return 24;
  return KNOWN.find(([pattern]) => pattern.test(env.TERM ?? ''))?.[1] ?? (env.COLORTERM ? 4 : 1);
}

export function hasColors(given, ofEnv) {
  const isEnv = ofEnv === undefined && typeof given === 'object' && given !== null;
  const [count, env] = isEnv ? [16, given] : [given ?? 16, ofEnv];
  checkWhole(count, 'count', 2);
  return count <= 2 ** colorDepth(env);
}
