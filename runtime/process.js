// process: https://nodejs.org/api/process.html

import EventEmitter from 'events';
import { wrongType } from 'internal:errors';
import * as native from 'ops:process';

const [execPath, ...program] = native.arguments();
const { platform, arch, pid, ppid, version, boa } = native.facts();

/** Standard output or error. A write is done when it returns. */
class Output extends EventEmitter {
  constructor(fd) {
    super();
    this.fd = fd;
    this.writable = true;
    const size = native.terminalSize(fd);
    if (size !== undefined) {
      this.isTTY = true;
      this.columns = size[0] || 80;
      this.rows = size[1] || 24;
    }
  }

  write(data, encoding, callback) {
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) {
      throw wrongType('chunk', 'of type string or an instance of Uint8Array', data);
    }
    native.write(this.fd, data);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done !== undefined) process.nextTick(done);
    return true;
  }

  end(data, encoding, callback) {
    if (data !== undefined && typeof data !== 'function') this.write(data);
    const done = [data, encoding, callback].find((value) => typeof value === 'function');
    if (done !== undefined) process.nextTick(done);
    return this;
  }

  getWindowSize() {
    return native.terminalSize(this.fd);
  }

  hasColors() {
    return native.hasColors(this.fd);
  }
}

/** The variables are strings whatever is assigned; other threads never see a change. */
const env = new Proxy(native.environment(), {
  set(target, name, value) {
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a symbol to a string');
    target[name] = `${value}`;
    return true;
  },
  defineProperty(target, name, property) {
    const text = 'value' in property ? { value: `${property.value}` } : {};
    return Reflect.defineProperty(target, name, { ...property, ...text });
  },
});

function hrtime(since) {
  const now = native.hrtime();
  const start = since === undefined ? 0n : BigInt(since[0]) * 1000000000n + BigInt(since[1]);
  const passed = now - start;
  return [Number(passed / 1000000000n), Number(passed % 1000000000n)];
}

hrtime.bigint = native.hrtime;

function memoryUsage() {
  const rss = native.memory();
  // The engine does not tell the heap from the rest.
  return { rss, heapTotal: rss, heapUsed: rss, external: 0, arrayBuffers: 0 };
}

memoryUsage.rss = native.memory;

let exitCode;
let exiting = false;
let title = 'krandog';
const outputs = new Map();

function output(fd) {
  if (!outputs.has(fd)) outputs.set(fd, new Output(fd));
  return outputs.get(fd);
}

class Process extends EventEmitter {
  argv = [execPath, ...program];
  argv0 = 'krandog';
  execArgv = [];
  execPath = execPath;
  env = env;
  platform = platform;
  arch = arch;
  pid = pid;
  ppid = ppid;
  version = `v${version}`;
  versions = Object.freeze({ krandog: version, boa });
  release = { name: 'krandog' };
  hrtime = hrtime;
  memoryUsage = memoryUsage;

  get exitCode() {
    return exitCode;
  }

  set exitCode(code) {
    if (code !== undefined && code !== null && !Number.isInteger(Number(code))) {
      throw wrongType('code', 'of type number', code);
    }
    exitCode = code ?? undefined;
    native.setExitCode(exitCode);
  }

  get title() {
    return title;
  }

  set title(value) {
    title = `${value}`;
    native.rename(title);
  }

  get stdin() {
    return native.load('internal:stdin').default;
  }

  get stdout() {
    return output(1);
  }

  get stderr() {
    return output(2);
  }

  exit(code) {
    if (code !== undefined) process.exitCode = code;
    if (!exiting) {
      exiting = true;
      process.emit('exit', Number(exitCode ?? 0));
    }
    native.exit(Number(exitCode ?? 0));
  }

  cwd() {
    return native.cwd();
  }

  chdir(directory) {
    if (typeof directory !== 'string') {
      throw wrongType('directory', 'of type string', directory);
    }
    native.chdir(directory);
  }

  uptime() {
    return Number(native.hrtime()) / 1e9;
  }

  nextTick(callback, ...values) {
    if (typeof callback !== 'function') {
      throw wrongType('callback', 'of type function', callback);
    }
    native.nextTick(callback, values);
  }

  emitWarning(warning, options, code) {
    const { type = 'Warning', code: number = code, detail } = typeof options === 'object'
      ? options
      : { type: options };
    const error = warning instanceof Error ? warning : new Error(`${warning}`);
    if (!(warning instanceof Error)) error.name = type;
    if (number !== undefined) error.code = number;
    if (detail !== undefined) error.detail = detail;
    const label = error.code === undefined ? '' : `[${error.code}] `;
    const more = error.detail === undefined ? '' : `\n${error.detail}`;
    native.write(2, `krandog: ${label}${error.name}: ${error.message}${more}\n`);
    process.nextTick(() => process.emit('warning', error));
  }
}

Object.defineProperty(Process.prototype, Symbol.toStringTag, { value: 'process' });

const process = new Process();

process.on('newListener', (name) => {
  if (String(name).startsWith('SIG')) native.wantSignal(name, true);
});
process.on('removeListener', (name) => {
  if (String(name).startsWith('SIG') && process.listenerCount(name) === 0) {
    native.wantSignal(name, false);
  }
});

native.attach((name, ...values) => {
  if (name === 'exit') {
    // Not again, if a listener has thrown at process.exit().
    if (exiting) return true;
    exiting = true;
  }
  return process.emit(name, ...values);
});

export const { argv, argv0, versions, nextTick, cwd, chdir, exit, emitWarning, uptime } = process;
export { arch, env, execPath, hrtime, memoryUsage, pid, platform, ppid };
export default process;
