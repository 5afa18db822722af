// child_process: a child that goes on while the script does.
// https://nodejs.org/api/child_process.html#class-childprocess

import EventEmitter from 'events';
import { abortError, checkSignal } from 'internal:errors';
import {
  PIPE, checkTimeout, killSignalOf, normalized, signalNumber, spawnError, stdioOf,
} from 'internal:child_process_options';
import { ReadablePipe, WritablePipe } from 'internal:child_process_pipes';
import * as native from 'ops:internal:child_process_child';
import process from 'process';

// Errors after which the object is there, and its `error` event tells of them.
const LATE = ['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT', 'ENOMEM'];
const SIGTERM = 15;

export class ChildProcess extends EventEmitter {
  #child = null;
  #left = 1;

  constructor() {
    super();
    this.signalCode = null;
    this.exitCode = null;
    this.killed = false;
    this.spawnfile = null;
    this.connected = false;
  }

  /** Starts it. Only functions of this module call this. */
  _start(wanted) {
    const { fds, channel, count } = stdioOf(wanted.options.stdio);
    this.spawnfile = wanted.file;
    this.spawnargs = wanted.spawnargs;
    let [pid, child, ...pipes] = [undefined, null, null, null, null, null];
    try {
      const natives = [...wanted.natives, channel >= 0];
      [pid, child, ...pipes] = native.spawn(
        wanted.file, wanted.args, wanted.env, natives, fds, (code, signal) => this.#ended(code, signal),
      );
    } catch (error) {
      if (!LATE.includes(error.code)) throw this.#failure(error);
      process.nextTick(() => this.#failed(this.#failure(error)));
    }
    this.#child = child;
    this.pid = pid;
    const piped = fds.map((fd) => fd === PIPE);
    this.stdin = piped[0] ? new WritablePipe(pipes[0]) : null;
    this.stdout = piped[1] ? this.#output(pipes[1]) : null;
    this.stderr = piped[2] ? this.#output(pipes[2]) : null;
    this.stdio = [this.stdin, this.stdout, this.stderr, ...Array(count - 3).fill(null)];
    if (channel >= 0 && pipes[3] !== null) {
      this.#left += 1;
      const { openChannel } = native.load('internal:ipc');
      openChannel(this, pipes[3], () => this.#closed());
    }
    if (child !== null) process.nextTick(() => this.emit('spawn'));
    return this;
  }

  kill(signal = 'SIGTERM') {
    const number = signal === 0 ? 0 : signalNumber(signal);
    if (this.#child === null) return false;
    let sent = false;
    try {
      sent = native.kill(this.#child, number);
    } catch (error) {
      if (error.code === 'EINVAL' || error.code === 'ENOSYS') throw error;
      this.emit('error', error);
    }
    if (sent) this.killed = true;
    return sent;
  }

  [Symbol.dispose ?? Symbol.for('nodejs.dispose')]() {
    if (!this.killed) this.kill();
  }

  ref() {
    if (this.#child !== null) native.refer(this.#child, true);
  }

  unref() {
    if (this.#child !== null) native.refer(this.#child, false);
  }

  #output(pipe) {
    this.#left += 1;
    return new ReadablePipe(pipe).on('close', () => this.#closed());
  }

  #failure({ code, errno }) {
    const wanted = { file: this.spawnfile, args: this.spawnargs.slice(1) };
    return spawnError(code, errno, `spawn ${this.spawnfile}`, wanted);
  }

  #failed(error) {
    this.exitCode = error.errno;
    this.stdin?.destroy();
    this.emit('error', error);
    this.#drain();
    this.#closed();
  }

  #ended(code, signal) {
    this.#child = null;
    this.exitCode = code;
    this.signalCode = signal;
    this.stdin?.destroy();
    this.emit('exit', code, signal);
    // What nobody reads keeps nobody waiting.
    process.nextTick(() => this.#drain());
    this.#closed();
  }

  #drain() {
    for (const stream of [this.stdout, this.stderr]) {
      if (stream !== null && stream.readable) stream.resume();
    }
  }

  #closed() {
    this.#left -= 1;
    if (this.#left === 0) this.emit('close', this.exitCode, this.signalCode);
  }
}

/** Kills the child when a signal of the script says so. */
function killWith(child, signal, killSignal) {
  const abort = () => {
    try {
      if (child.kill(killSignal)) child.emit('error', abortError(signal));
    } catch (error) {
      child.emit('error', error);
    }
  };
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  child.once('close', () => signal.removeEventListener('abort', abort));
}

export function spawn(file, args, options) {
  const wanted = normalized(file, args, options);
  const { timeout, signal } = wanted.options;
  checkTimeout(timeout);
  checkSignal(signal, 'options.signal');
  const killSignal = killSignalOf(wanted.options.killSignal) ?? SIGTERM;
  const child = new ChildProcess()._start(wanted);
  if (timeout > 0) {
    const timer = setTimeout(() => {
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, timeout);
    child.once('exit', () => clearTimeout(timer));
    child.once('error', () => clearTimeout(timer));
  }
  if (signal) killWith(child, signal, killSignal);
  return child;
}
