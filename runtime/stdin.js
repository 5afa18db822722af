// process.stdin: https://nodejs.org/api/process.html#processstdin
// It starts to read when somebody wants data, and keeps the process alive while it does.

import { Readable } from 'stream';
import * as native from 'ops:internal:stdin';

const MARK = 64 * 1024;

/** Standard input; as a terminal it is a `tty.ReadStream`. */
export class ReadStream extends Readable {
  #isWanted = false;
  // What a loop over lines has read and not given.
  #left = '';

  constructor(fd) {
    super({ highWaterMark: MARK });
    this.fd = fd;
    if (native.isTerminal()) {
      this.isTTY = true;
      this.isRaw = false;
    }
    this.on('pause', native.stop);
    this.on('resume', () => this.#go());
  }

  _read() {
    this.#isWanted = true;
    this.#go();
  }

  /** Reads, unless the script has paused: then the process need not live for it. */
  #go() {
    const isPaused = this._readableState.paused && this.listenerCount('readable') === 0;
    if (!this.#isWanted || isPaused) return;
    native.start((chunk) => {
      if (this.push(chunk)) return;
      // The end, or enough for now.
      this.#isWanted = false;
      native.stop();
    });
  }

  on(name, listener) {
    super.on(name, listener);
    if (name === 'readable') this.#go();
    return this;
  }

  _destroy(error, callback) {
    native.stop();
    callback(error);
  }

  ref() {
    native.hold(true);
    return this;
  }

  unref() {
    native.hold(false);
    return this;
  }

  // Lines without their line feeds; the last one need not have one.
  async *lines() {
    const decoder = new TextDecoder();
    // What a loop before this one has left, the next line last.
    let lines = [];
    let rest = this.#left;
    this.#left = '';
    const split = (text) => {
      lines = (rest + text).split('\n').reverse();
      rest = lines.shift();
    };
    const line = () => lines.pop().replace(/\r$/, '');
    try {
      split('');
      while (lines.length > 0) yield line();
      for await (const chunk of this.iterator({ destroyOnReturn: false })) {
        split(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
        while (lines.length > 0) yield line();
      }
      const last = rest + decoder.decode();
      rest = '';
      if (last !== '') yield last;
    } finally {
      this.#left = [rest, ...lines].reverse().join('\n');
      native.stop();
    }
  }
}

if (native.isTerminal()) {
  ReadStream.prototype.setRawMode = function setRawMode(mode) {
    native.setRaw(Boolean(mode));
    this.isRaw = Boolean(mode);
    return this;
  };
}

export default new ReadStream(0);
