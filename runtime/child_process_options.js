// child_process: what may be asked for, and what it means.
// https://nodejs.org/api/child_process.html#child_processspawncommand-args-options

import { checkObject, checkString, coded, outOfRange, wrongType, wrongValue } from 'internal:errors';
import { constants } from 'os';
import process from 'process';
import { fileURLToPath } from 'url';

// What stands for a pipe and for nothing where a descriptor could.
const NULL = -1;
export const PIPE = -2;

/** The number of a signal, from its name or its number. */
export function signalNumber(signal) {
  if (typeof signal === 'number' && Object.values(constants.signals).includes(signal)) {
    return signal;
  }
  if (typeof signal === 'string') {
    const number = constants.signals[signal.toUpperCase()];
    if (number !== undefined) return number;
  }
  throw coded(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
}

function checkText(text, name) {
  checkString(text, name);
  if (text.includes('\0')) throw wrongValue(name, text, 'must be a string without null bytes');
}

function checkFlag(options, name) {
  const value = options[name];
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    throw wrongType(`options.${name}`, 'of type boolean', value);
  }
}

function checkId(options, name) {
  const value = options[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || (value | 0) !== value) {
    throw wrongType(`options.${name}`, 'int32', value);
  }
  return value;
}

export function checkTimeout(timeout) {
  if (timeout === undefined || timeout === null) return;
  if (!Number.isInteger(timeout) || timeout < 0) {
    throw outOfRange('timeout', 'an unsigned integer', timeout);
  }
}

export function checkMaxBuffer(size) {
  if (size === undefined || size === null) return;
  if (typeof size !== 'number' || !(size >= 0)) {
    throw outOfRange('options.maxBuffer', 'a positive number', size);
  }
}

/** The number of the signal that a child is killed with; undefined for the usual one. */
export function killSignalOf(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal !== 'string' && typeof signal !== 'number') {
    throw wrongType('options.killSignal', 'one of type string or number', signal);
  }
  return signalNumber(signal);
}

function directory(cwd) {
  if (cwd === undefined || cwd === null) return undefined;
  const path = cwd instanceof URL ? fileURLToPath(cwd) : cwd;
  if (typeof path !== 'string') {
    throw wrongType('options.cwd', 'of type string or an instance of Buffer or URL', cwd);
  }
  checkText(path, 'options.cwd');
  return path;
}

/** Names and values by turns. */
function environment(env) {
  const pairs = [];
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkText(name, `options.env['${name}']`);
    checkText(`${value}`, `options.env['${name}']`);
    pairs.push(name, `${value}`);
  }
  return pairs;
}

/** The name of a stream's descriptor in the table of descriptors; undefined if it has none. */
function descriptorOf(stream) {
  if (stream === null || typeof stream !== 'object') return undefined;
  return Number.isInteger(stream.fd) && stream.fd >= 0 ? stream.fd : undefined;
}

function descriptor(wanted, index, whole) {
  switch (wanted) {
    case undefined:
    case null:
      return index < 3 ? PIPE : NULL;
    case 'pipe':
    case 'overlapped':
      return PIPE;
    case 'ignore': return NULL;
    case 'inherit': return index;
    case 'ipc': return 'ipc';
    default: {
      const fd = typeof wanted === 'number' ? wanted : descriptorOf(wanted);
      if (Number.isInteger(fd) && fd >= 0) return fd;
      throw wrongValue('stdio', whole);
    }
  }
}

/** The three standard descriptors, each as natives know it, and whether there is a channel. */
export function stdioOf(stdio = 'pipe', isSync = false) {
  let list = stdio;
  if (typeof stdio === 'string') {
    if (!['ignore', 'pipe', 'overlapped', 'inherit'].includes(stdio)) throw wrongValue('stdio', stdio);
    list = [stdio, stdio, stdio];
  } else if (!Array.isArray(stdio)) {
    throw wrongValue('stdio', stdio);
  }
  const fds = Array.from({ length: Math.max(list.length, 3) }, (_, index) => (
    descriptor(list[index], index, stdio)
  ));
  const channel = fds.indexOf('ipc');
  if (channel >= 0 && isSync) {
    throw coded(Error, 'ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks');
  }
  if (channel >= 0 && channel !== fds.lastIndexOf('ipc')) {
    throw coded(Error, 'ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe');
  }
  fds.forEach((fd, index) => {
    if (index < 3 ? fd !== 'ipc' : fd === NULL || fd === 'ipc') return;
    const message = `stdio[${index}]: a child of krandog has standard input, output and error, and a `
      + 'channel beyond them';
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
  });
  return { fds: fds.slice(0, 3), channel, count: fds.length };
}

/** `(file, args, options)` of all functions, checked. */
export function normalized(file, given, more) {
  checkText(file, 'file');
  if (file.length === 0) throw wrongValue('file', file, 'cannot be empty');
  let [args, options] = [given, more];
  if (Array.isArray(given)) {
    args = given.map((each) => `${each}`);
  } else if (given === undefined || given === null) {
    args = [];
  } else if (typeof given === 'object') {
    [args, options] = [[], given];
  } else {
    throw wrongType('args', 'of type object', given);
  }
  args.forEach((each, index) => checkText(each, `args[${index}]`));
  if (options === undefined) options = {};
  else checkObject(options, 'options');
  const { shell, argv0 } = options;
  for (const name of ['detached', 'windowsHide', 'windowsVerbatimArguments']) checkFlag(options, name);
  if (shell !== undefined && shell !== null && !['boolean', 'string'].includes(typeof shell)) {
    throw wrongType('options.shell', 'one of type boolean or string', shell);
  }
  if (argv0 !== undefined && argv0 !== null) checkText(argv0, 'options.argv0');
  if (options.serialization !== undefined && options.serialization !== 'json') {
    if (options.serialization === 'advanced') {
      const message = "options.serialization: krandog writes messages as JSON; leave it out, or give 'json'";
      throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
    }
    throw wrongValue('options.serialization', options.serialization,
      "must be one of: undefined, 'json', 'advanced'");
  }
  const cwd = directory(options.cwd);
  const [uid, gid] = [checkId(options, 'uid'), checkId(options, 'gid')];
  let program = file;
  if (shell) {
    const command = [file, ...args].join(' ');
    program = typeof shell === 'string' ? shell : '/bin/sh';
    args = ['-c', command];
  }
  return {
    options,
    file: program,
    args,
    spawnargs: [argv0 ?? program, ...args],
    env: environment(options.env ?? process.env),
    natives: [cwd, uid, gid, options.detached === true, argv0 ?? undefined],
  };
}

/** The exception of a child that could not be started, or that was stopped. */
export function spawnError(code, errno, syscall, { file, args }) {
  const error = new Error(`${syscall} ${code}`);
  return Object.assign(error, { errno, code, syscall, path: file, spawnargs: args });
}
