// child_process: `exec` and `execFile`, which collect what a child writes, and `fork`.
// https://nodejs.org/api/child_process.html#child_processexeccommand-options-callback

import { Buffer } from 'buffer';
import { checkFunction, checkObject, checkString, coded, wrongType, wrongValue } from 'internal:errors';
import { spawn } from 'internal:child_process_child';
import { checkMaxBuffer, checkTimeout, killSignalOf } from 'internal:child_process_options';
import process from 'process';
import { fileURLToPath } from 'url';
import { getSystemErrorName } from 'internal:system_errors';

const MAX_BUFFER = 1024 * 1024;

/** What a child writes to one of its pipes, as far as it may. */
class Collected {
  #chunks = [];
  #length = 0;
  #text;
  #max;

  constructor(stream, name, { encoding, maxBuffer }, overflow) {
    this.#max = maxBuffer;
    this.#text = encoding !== undefined && encoding !== null && encoding !== 'buffer'
      && Buffer.isEncoding(encoding);
    if (stream === null) return;
    if (this.#text) stream.setEncoding(encoding);
    stream.on('data', (chunk) => {
      // A script may have changed the encoding of the stream.
      this.#text = typeof chunk === 'string';
      const length = this.#text ? Buffer.byteLength(chunk, encoding) : chunk.length;
      const room = this.#max - this.#length;
      this.#length += length;
      if (length <= room) {
        this.#chunks.push(chunk);
        return;
      }
      this.#chunks.push(chunk.slice(0, room));
      const message = `${name} maxBuffer length exceeded`;
      overflow(coded(RangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', message));
    });
  }

  get value() {
    return this.#text ? this.#chunks.join('') : Buffer.concat(this.#chunks);
  }
}

/** Calls back once, with the error of a child that has failed and with what it has written. */
function collect(child, command, options, callback) {
  let error;
  let isDone = false;
  let isKilled = false;
  let timer;
  const kill = () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    isKilled = true;
    try {
      child.kill(options.killSignal);
    } catch (failure) {
      error ??= failure;
      finish();
    }
  };
  const overflow = (failure) => {
    if (error !== undefined) return;
    error = failure;
    kill();
  };
  const stdout = new Collected(child.stdout, 'stdout', options, overflow);
  const stderr = new Collected(child.stderr, 'stderr', options, overflow);
  const finish = (code, signal) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    if (callback === undefined) return;
    const [out, err] = [stdout.value, stderr.value];
    if (error === undefined && code === 0 && signal === null) {
      callback(null, out, err);
      return;
    }
    if (error === undefined) {
      const text = `Command failed: ${command}${err.length > 0 ? `\n${err}` : ''}`;
      error = Object.assign(new Error(text), {
        code: code < 0 ? getSystemErrorName(code) : code,
        killed: child.killed || isKilled,
        signal,
      });
    }
    error.cmd = command;
    callback(error, out, err);
  };
  if (options.timeout > 0) timer = setTimeout(kill, options.timeout);
  child.on('close', finish);
  child.on('error', (failure) => {
    error = failure;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish();
  });
  return child;
}

/** `(file, args, options, callback)`, of which all but the first may be missing. */
function sorted(file, more) {
  let [args, options, callback] = [[], {}, undefined];
  const rest = [...more];
  if (Array.isArray(rest[0])) args = rest.shift();
  else if (rest[0] === null || rest[0] === undefined) rest.shift();
  if (rest.length > 0 && typeof rest[0] !== 'function') options = rest.shift() ?? {};
  if (rest.length > 0) callback = rest.shift() ?? undefined;
  checkObject(options, 'options');
  if (callback !== undefined) checkFunction(callback, 'callback');
  return { file, args, options, callback };
}

export function execFile(file, ...more) {
  const { args, options: given, callback } = sorted(file, more);
  const options = {
    encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', shell: false, ...given,
  };
  checkTimeout(options.timeout);
  checkMaxBuffer(options.maxBuffer);
  killSignalOf(options.killSignal);
  const { timeout, ...rest } = options;
  // Both descriptors are for the collector, so options of `spawn` alone do not reach it.
  const child = spawn(file, args, { ...rest, stdio: undefined });
  const command = args.length > 0 && !options.shell ? `${file} ${args.join(' ')}` : file;
  return collect(child, command, { ...options, timeout }, callback);
}

export function exec(command, ...more) {
  checkString(command, 'command');
  const [options, callback] = typeof more[0] === 'function' ? [{}, more[0]] : [more[0] ?? {}, more[1]];
  checkObject(options, 'options');
  const shell = typeof options.shell === 'string' ? options.shell : true;
  const rest = callback === undefined ? [] : [callback];
  return execFile(command, [], { ...options, shell }, ...rest);
}

/** The promise has the child, and its error what was written. */
function promised(run) {
  return (...values) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = run(...values, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(Object.assign(error, { stdout, stderr }));
    });
    return promise;
  };
}

export const execPromise = promised(exec);
export const execFilePromise = promised(execFile);

/** A child that runs a script, with a channel to it. */
export function fork(modulePath, ...more) {
  const path = modulePath instanceof URL ? fileURLToPath(modulePath) : modulePath;
  if (typeof path !== 'string') {
    throw wrongType('modulePath', 'of type string or an instance of Buffer or URL', modulePath);
  }
  const args = Array.isArray(more[0]) ? more[0] : [];
  let options = Array.isArray(more[0]) || more[0] === undefined || more[0] === null ? more[1] : more[0];
  if (options !== undefined && options !== null) checkObject(options, 'options');
  options = { ...options, shell: false };
  const execPath = options.execPath || process.execPath;
  const execArgv = options.execArgv ?? process.execArgv;
  if (!Array.isArray(execArgv)) throw wrongType('options.execArgv', 'an instance of Array', execArgv);
  let { stdio } = options;
  if (typeof stdio === 'string') {
    if (!['ignore', 'pipe', 'overlapped', 'inherit'].includes(stdio)) throw wrongValue('stdio', stdio);
    stdio = [stdio, stdio, stdio, 'ipc'];
  } else if (!Array.isArray(stdio)) {
    const each = options.silent ? 'pipe' : 'inherit';
    stdio = [each, each, each, 'ipc'];
  } else if (!stdio.includes('ipc')) {
    const message = "Forked processes must have an IPC channel, missing value 'ipc' in options.stdio";
    throw coded(Error, 'ERR_CHILD_PROCESS_IPC_REQUIRED', message);
  }
  return spawn(execPath, [...execArgv, path, ...args], { ...options, stdio });
}
