// The standard streams as Writables, and what terminals can do.
//
// Spec: https://nodejs.org/api/tty.html, https://nodejs.org/api/process.html#a-note-on-process-io

import { Buffer } from 'buffer';
import { checkObject, outOfRange } from 'internal:errors';
import { defineWrite, terminal } from 'internal:process_output';
import { checkWhole } from 'internal:stream_state';
import { Writable } from 'internal:stream_writable';
import * as native from 'ops:process';

/** Standard output or error that is no terminal. */
export class OutputStream extends Writable {
  constructor(fd) {
    super();
    this.fd = fd;
    begin(this);
  }
}

/** Standard output or error that is a terminal. */
export class WriteStream extends Writable {
  constructor(fd) {
    checkWhole(fd, 'fd', 0);
    if (fd !== 1 && fd !== 2) throw outOfRange('fd', '1 or 2', fd);
    super();
    this.fd = fd;
    this.isTTY = true;
    begin(this);
  }
}

/** The light form of a standard stream becomes one of these. */
export function adopt(output) {
  Object.setPrototypeOf(output, (output.isTTY ? WriteStream : OutputStream).prototype);
  Writable.call(output);
  begin(output);
}

function begin(stream) {
  stream._isStdio = true;
  const state = stream._writableState;
  state.decodeStrings = false;
  state.emitClose = false;
  if (stream.isTTY) hearResizes(stream);
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

const methods = {
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

const readline = () => native.load('readline');

const ofTerminals = {
  clearLine(direction, callback) {
    return readline().clearLine(this, direction, callback);
  },

  clearScreenDown(callback) {
    return readline().clearScreenDown(this, callback);
  },

  cursorTo(x, y, callback) {
    return readline().cursorTo(this, x, y, callback);
  },

  moveCursor(x, y, callback) {
    return readline().moveCursor(this, x, y, callback);
  },

  getColorDepth(env) {
    return colorDepth(env);
  },
};

for (const { prototype } of [OutputStream, WriteStream]) {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors({ ...methods }));
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(terminal));
  defineWrite(prototype, Writable.prototype.write);
}
Object.assign(WriteStream.prototype, ofTerminals);

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

export function hasColors(stream, given, ofEnv) {
  const isEnv = ofEnv === undefined && typeof given === 'object' && given !== null;
  const [count, env] = isEnv ? [16, given] : [given ?? 16, ofEnv];
  checkWhole(count, 'count', 2);
  return count <= 2 ** colorDepth(env);
}
