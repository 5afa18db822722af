// process: what few programs ask of the system. Loaded when one does.
// https://nodejs.org/api/process.html

import {
  checkFunction, checkInteger, checkNumber, checkObject, checkString, coded, outOfRange, wrongType,
  wrongValue,
} from 'internal:errors';
import { constants } from 'os';
import { read } from 'ops:os';
import * as native from 'ops:internal:process_system';
import process from 'process';

const US_PER_TICK = 10_000;

/** The fields of `/proc/self/stat` after the name, which may contain anything. */
function statistics() {
  const text = read('/proc/self/stat');
  return text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
}

function status(name) {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read('/proc/self/status'));
  return found === null ? 0 : Number(found[1]);
}

/** The exact time of both kinds together, divided as the coarse ones are. */
function times() {
  const total = Math.trunc(native.cpuTime());
  const [user, system] = statistics().slice(11, 13).map((ticks) => ticks * US_PER_TICK);
  const share = user + system === 0 ? 1 : user / (user + system);
  const userTime = Math.trunc(total * share);
  return { user: userTime, system: total - userTime };
}

function checkPrevious(value, name) {
  checkNumber(value, name);
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The property '${name}' is invalid. Received ${value}`);
  }
}

let latest = { user: 0, system: 0 };

export function cpuUsage(previous) {
  if (previous !== undefined && previous !== null) {
    checkObject(previous, 'prevValue');
    checkPrevious(previous.user, 'prevValue.user');
    checkPrevious(previous.system, 'prevValue.system');
  }
  const now = times();
  // The shares are coarse: neither may go back.
  latest = {
    user: Math.max(now.user, latest.user),
    system: Math.max(now.system, latest.system),
  };
  if (!previous) return { ...latest };
  return { user: latest.user - previous.user, system: latest.system - previous.system };
}

export function resourceUsage() {
  const { user, system } = cpuUsage();
  const fields = statistics();
  const io = read('/proc/self/io');
  const blocks = (name) => Math.trunc(Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io)?.[1] ?? 0) / 512);
  return {
    userCPUTime: user,
    systemCPUTime: system,
    maxRSS: status('VmHWM'),
    sharedMemorySize: 0,
    unsharedDataSize: 0,
    unsharedStackSize: 0,
    minorPageFault: fields[7],
    majorPageFault: fields[9],
    swappedOut: 0,
    fsRead: blocks('read_bytes'),
    fsWrite: blocks('write_bytes'),
    ipcSent: 0,
    ipcReceived: 0,
    signalsCount: 0,
    voluntaryContextSwitches: status('voluntary_ctxt_switches'),
    involuntaryContextSwitches: status('nonvoluntary_ctxt_switches'),
  };
}

export function kill(pid, signal = 'SIGTERM') {
  // As in Node: whatever is a number when it is written out.
  if (pid != (pid | 0)) throw wrongType('pid', 'of type number', pid);
  let number = signal;
  if (typeof signal !== 'number') {
    number = constants.signals[signal];
    if (number === undefined) throw coded(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  }
  return native.kill(Number(pid), number);
}

export function abort() {
  native.kill(process.pid, constants.signals.SIGABRT);
}

export const getuid = () => native.ids()[0];
export const geteuid = () => native.ids()[1];
export const getgid = () => native.ids()[2];
export const getegid = () => native.ids()[3];
export const getgroups = () => native.groups();

export function umask(mask) {
  if (mask === undefined) return native.umask();
  let number = mask;
  if (typeof mask === 'string') {
    if (!/^[0-7]+$/.test(mask)) {
      throw wrongValue('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    number = parseInt(mask, 8);
  }
  checkInteger(number, 'mask');
  if (number < 0 || number > 0xffffffff) throw outOfRange('mask', '>= 0 && <= 4294967295', number);
  return native.umask(number);
}

export function constrainedMemory() {
  const limit = read('/sys/fs/cgroup/memory.max') || read('/sys/fs/cgroup/memory/memory.limit_in_bytes');
  return /^\d+$/.test(limit) ? Number(limit) : 0;
}

export function availableMemory() {
  return native.load('os').freemem();
}

let capture = null;

/** Takes the place of all listeners for `uncaughtException`. */
export function setUncaughtExceptionCaptureCallback(callback) {
  if (callback === null) {
    if (capture !== null) process.off('uncaughtException', capture);
    capture = null;
    return;
  }
  checkFunction(callback, 'fn');
  if (capture !== null) {
    const message = '`process.setupUncaughtExceptionCapture()` was called while a capture callback was '
      + 'already active';
    throw coded(Error, 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', message);
  }
  capture = (error) => callback(error);
  process.on('uncaughtException', capture);
}

export function hasUncaughtExceptionCaptureCallback() {
  return capture !== null;
}

export function getBuiltinModule(id) {
  checkString(id, 'id');
  const { isBuiltin } = native.load('module');
  if (!isBuiltin(id)) return undefined;
  const namespace = native.load(id.replace(/^node:/, ''));
  return 'default' in namespace ? namespace.default : namespace;
}

export function loadEnvFile(path = '.env') {
  const { fileURLToPath } = native.load('url');
  const file = path instanceof URL ? fileURLToPath(path) : path;
  const { parseEnv } = native.load('internal:parse_env');
  const { readFileSync } = native.load('fs');
  const parsed = parseEnv(readFileSync(`${file}`, 'utf8'));
  for (const [name, value] of Object.entries(parsed)) {
    if (process.env[name] === undefined) process.env[name] = value;
  }
}

const unavailable = (name, remedy) => () => {
  const message = `process.${name}() is not there in krandog: ${remedy}`;
  throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message);
};

export const binding = unavailable('binding', 'it has no bindings of Node.js');
export const dlopen = unavailable('dlopen', 'it loads no native add-ons');
export const setuid = unavailable('setuid', 'start it as the user that it is to be');
export const setgid = unavailable('setgid', 'start it in the group that it is to be in');
export const seteuid = unavailable('seteuid', 'start it as the user that it is to be');
export const setegid = unavailable('setegid', 'start it in the group that it is to be in');
export const setgroups = unavailable('setgroups', 'start it in the groups that it is to be in');
export const initgroups = unavailable('initgroups', 'start it in the groups that it is to be in');
