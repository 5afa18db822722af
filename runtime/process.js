// process: https://nodejs.org/api/process.html

import EventEmitter from 'events';
import { checkArray, checkInteger, checkString, outOfRange } from 'internal:errors';
import * as native from 'ops:process';

const [execPath, ...program] = native.arguments();
const { platform, arch, pid, ppid, version: number, boa } = native.facts();

/** The variables are strings whatever is assigned; other threads never see a change. */
const env = new Proxy(native.environment(), {
  set(target, name, value) {
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a symbol to a string');
    // As the system takes them: up to a null byte, and no name without letters or with `=`.
    const [key, text] = [name, `${value}`].map((part) => part.split('\0', 1)[0]);
    if (key !== '' && !key.includes('=')) target[key] = text;
    return true;
  },
  defineProperty(target, name, property) {
    const text = 'value' in property ? { value: `${property.value}` } : {};
    return Reflect.defineProperty(target, name, { ...property, ...text });
  },
});

function hrtime(time) {
  if (time !== undefined) {
    checkArray(time, 'time');
    if (time.length !== 2) throw outOfRange('time', 2, time.length);
  }
  const now = native.hrtime();
  const start = time === undefined ? 0n : BigInt(time[0]) * 1000000000n + BigInt(time[1]);
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
let title = 'krandog';
const outputs = new Map();

function output(fd) {
  if (!outputs.has(fd)) {
    const { Output } = native.load('internal:process_output');
    outputs.set(fd, new Output(fd));
  }
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
  version = `v${number}`;
  versions = Object.freeze({ krandog: number, boa });
  release = { name: 'krandog' };
  hrtime = hrtime;
  memoryUsage = memoryUsage;
  noDeprecation = false;
  throwDeprecation = false;
  traceDeprecation = false;
  _exiting = false;

  get exitCode() {
    return exitCode;
  }

  set exitCode(code) {
    if (code !== undefined && code !== null) {
      const digits = typeof code === 'string' && code !== '' && Number.isInteger(Number(code));
      checkInteger(digits ? Number(code) : code, 'code');
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
    if (!process._exiting) {
      process._exiting = true;
      process.emit('exit', Number(exitCode ?? 0));
    }
    native.exit(Number(exitCode ?? 0));
  }

  cwd() {
    return native.cwd();
  }

  chdir(directory) {
    checkString(directory, 'directory');
    native.chdir(directory);
  }

  uptime() {
    return Number(native.hrtime()) / 1e9;
  }

  nextTick(...given) {
    native.nextTick(...given);
  }

  emitWarning(warning, options, code) {
    native.load('internal:process_warning').emitWarning(warning, options, code);
  }

  get config() {
    return { target_defaults: {}, variables: {} };
  }

  get features() {
    return native.load('internal:process_features').features;
  }

  get allowedNodeEnvironmentFlags() {
    return new Set();
  }
}

// What few programs use is in a file of its own.
for (const name of [
  'abort', 'availableMemory', 'binding', 'constrainedMemory', 'cpuUsage', 'dlopen',
  'getBuiltinModule', 'getegid', 'geteuid', 'getgid', 'getgroups', 'getuid',
  'hasUncaughtExceptionCaptureCallback', 'initgroups', 'kill', 'loadEnvFile', 'resourceUsage',
  'setUncaughtExceptionCaptureCallback', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid',
  'umask',
]) {
  Object.defineProperty(Process.prototype, name, {
    value: (...values) => native.load('internal:process_system')[name](...values),
    writable: true,
    configurable: true,
  });
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
    if (process._exiting) return true;
    process._exiting = true;
  }
  return process.emit(name, ...values);
});

// Whoever has started this process with a channel hears of it, and nobody else.
if (env.NODE_CHANNEL_FD !== undefined) {
  const channel = Number(env.NODE_CHANNEL_FD);
  delete env.NODE_CHANNEL_FD;
  delete env.NODE_CHANNEL_SERIALIZATION_MODE;
  native.load('internal:ipc').openParent(channel, process);
}

export const {
  abort, argv, argv0, chdir, cpuUsage, cwd, emitWarning, execArgv, exit, getBuiltinModule, getegid,
  geteuid, getgid, getgroups, getuid, kill, nextTick, release, resourceUsage, umask, uptime, version,
  versions,
} = process;
export { arch, env, execPath, hrtime, memoryUsage, pid, platform, ppid };
export default process;
