// What the three forms of each function of fs share: its arguments are checked once and become an
// operation, which is called with how it is to be done: nothing for at once, a function to be called
// back, or true for a promise.
//
// Spec: https://nodejs.org/api/fs.html

import * as native from 'ops:fs';
import { encodingOf } from 'ops:buffer';
import {
  abortError, checkObject, checkSignal, coded, outOfRange, wrongType, wrongValue,
} from 'internal:errors';
import { BigIntStats, StatFs, Stats, listed } from 'internal:fs_stats';

export const constants = Object.freeze(native.constants());

const INT_MAX = 2 ** 31 - 1;
const UINT_MAX = 2 ** 32 - 1;
const DATA = 'of type string or an instance of Buffer, TypedArray, or DataView';

const {
  O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY,
} = constants;
const FLAGS = new Map([
  ['r', O_RDONLY], ['rs', O_RDONLY | O_SYNC], ['r+', O_RDWR], ['rs+', O_RDWR | O_SYNC],
  ['w', O_TRUNC | O_CREAT | O_WRONLY], ['wx', O_TRUNC | O_CREAT | O_WRONLY | O_EXCL],
  ['w+', O_TRUNC | O_CREAT | O_RDWR], ['wx+', O_TRUNC | O_CREAT | O_RDWR | O_EXCL],
  ['a', O_APPEND | O_CREAT | O_WRONLY], ['ax', O_APPEND | O_CREAT | O_WRONLY | O_EXCL],
  ['as', O_APPEND | O_CREAT | O_WRONLY | O_SYNC], ['a+', O_APPEND | O_CREAT | O_RDWR],
  ['ax+', O_APPEND | O_CREAT | O_RDWR | O_EXCL], ['as+', O_APPEND | O_CREAT | O_RDWR | O_SYNC],
]);

// --- checks ---

function isUrl(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

/** A path as text or bytes. */
export function pathOf(path, name = 'path') {
  let plain = path;
  if (typeof plain !== 'string') {
    if (isUrl(plain)) plain = native.load('url').fileURLToPath(plain);
    else if (!(plain instanceof Uint8Array)) {
      throw wrongType(name, 'of type string or an instance of Buffer or URL', path);
    }
  }
  if (plain.includes(typeof plain === 'string' ? '\0' : 0)) {
    throw wrongValue(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return plain;
}

export function integerOf(value, name, least = -(2 ** 53) + 1, most = 2 ** 53 - 1) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
  return value;
}

export function fdOf(fd) {
  return integerOf(fd, 'fd', 0, INT_MAX);
}

function flagOf(value, name) {
  if (value !== undefined && typeof value !== 'boolean') throw wrongType(name, 'of type boolean', value);
  return value === true;
}

function modeOf(mode, otherwise, name = 'mode') {
  const given = mode ?? otherwise;
  if (typeof given !== 'string') return integerOf(given, name, 0, UINT_MAX);
  if (!/^[0-7]+$/.test(given)) {
    throw wrongValue(name, mode, 'must be a 32-bit unsigned integer or an octal string');
  }
  return parseInt(given, 8);
}

/** What is to be done with a file, as the system has it. */
export function flagsOf(flags, otherwise = 'r', name = 'flags') {
  const given = flags ?? otherwise;
  if (typeof given === 'number') return integerOf(given, name, -INT_MAX - 1, INT_MAX);
  const known = FLAGS.get(given) ?? FLAGS.get(String(given).replace(/^([sx])([ar])/, '$2$1').replace('xw', 'wx'));
  if (known === undefined) throw wrongValue(name, flags);
  return known;
}

function bitsOf(mode, most) {
  if (mode === undefined || mode === null) return 0;
  if (typeof mode !== 'number') throw wrongType('mode', 'of type integer', mode);
  if (!Number.isInteger(mode) || mode < 0 || mode > most) {
    throw outOfRange('mode', `an integer >= 0 && <= ${most}`, mode);
  }
  return mode;
}

export function checkEncoding(encoding) {
  if (encoding && encodingOf(encoding) === undefined) {
    throw wrongValue('encoding', encoding, 'is invalid encoding');
  }
}

/** Options, which may be no more than an encoding. */
export function optionsOf(options, defaults) {
  if (options === undefined || options === null) return defaults;
  if (typeof options === 'string') {
    if (options !== 'buffer') checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  if (typeof options !== 'object') {
    throw wrongType('options', 'one of type string or object', options);
  }
  if (options.encoding !== 'buffer') checkEncoding(options.encoding);
  checkSignal(options.signal, 'options.signal');
  return { ...defaults, ...options };
}

function objectOf(options = {}) {
  checkObject(options, 'options');
  return options;
}

/** What names are shown in: text, unless they are to be bytes. */
function nameEncoding(options) {
  return optionsOf(options, {}).encoding || 'utf8';
}

function secondsOf(time) {
  // eslint-disable-next-line eqeqeq -- a number as text
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw wrongType('time', 'an instance of Date or an Time in seconds', time);
}

function ownerOf(id, name) {
  return integerOf(id, name, -1, UINT_MAX);
}

/** What is to be written; `name` is that of the argument. */
export function dataOf(data, name = 'data') {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw wrongType(name, DATA, data);
  return data;
}

/** A file by its path, or by its number. */
function fileOf(path) {
  return Number.isInteger(path) ? fdOf(path) : pathOf(path);
}

// --- operations ---

/** An operation whose result becomes something else in the script. */
export function mapped(work, make) {
  return (how) => {
    if (how === undefined) return make(work());
    if (how === true) return work(true).then(make);
    return work((error, raw) => (error ? how(error) : how(null, make(raw))));
  };
}

/** An operation that a signal may call off; `work` gets how, and a handle for that. */
export function abortable(signal, work) {
  if (signal === undefined) return work;
  return (how) => {
    if (how === undefined) return work();
    if (signal.aborted) {
      const error = abortError(signal);
      return how === true ? Promise.reject(error) : process.nextTick(how, error);
    }
    const cancel = native.newCancel();
    const stop = () => native.cancel(cancel);
    signal.addEventListener('abort', stop);
    const end = (error) => {
      signal.removeEventListener('abort', stop);
      return error?.code === 'ABORT_ERR' ? abortError(signal) : error;
    };
    if (how !== true) {
      return work((error, value) => {
        const ended = end(error);
        return ended ? how(ended) : how(null, value);
      }, cancel);
    }
    return work(true, cancel).then((value) => (end(), value), (error) => { throw end(error); });
  };
}

function statsOf(path, options, kind) {
  const given = options ?? {};
  const isBig = given.bigint === true;
  const bits = kind | (given.throwIfNoEntry === false ? 2 : 0);
  const make = (fields) => fields && (isBig ? new BigIntStats(fields) : new Stats(fields));
  return mapped((how) => native.stat(how, path, how === undefined ? bits : kind, isBig), make);
}

/** An error names the part of the path that is wrong, unless it is to be as the system has it. */
export function realpathOf(path, options, isNative) {
  const [encoding, plain] = [nameEncoding(options), pathOf(path)];
  return (how) => native.realpath(how, plain, encoding, isNative || how === true);
}

function write(path, data, options, defaults) {
  const { encoding, flag, mode, signal, flush, atomic } = optionsOf(options, defaults);
  dataOf(data);
  const file = fileOf(path);
  const flags = flagsOf(flag, defaults.flag);
  const bits = (flagOf(flush ?? undefined, 'options.flush') ? 1 : 0) | (flagOf(atomic, 'options.atomic') ? 2 : 0);
  if (bits & 2 && (typeof file === 'number' || flags !== FLAGS.get('w'))) {
    throw wrongValue('options.atomic', true, "needs a path and the flag 'w'");
  }
  const wanted = modeOf(mode, 0o666);
  return abortable(signal, (how, cancel) => (
    native.writeFile(how, file, data, encoding || 'utf8', flags, wanted, bits, cancel)
  ));
}

/** Each function by its name, without `Sync`. */
export const forms = {
  access(path, mode) {
    const [plain, bits] = [pathOf(path), bitsOf(mode, 7)];
    return (how) => native.access(how, plain, bits);
  },

  appendFile(path, data, options) {
    return write(path, data, options, { encoding: 'utf8', mode: 0o666, flag: 'a' });
  },

  chmod(path, mode) {
    const [plain, bits] = [pathOf(path), modeOf(mode)];
    return (how) => native.chmod(how, plain, bits);
  },

  chown(path, uid, gid) {
    const [plain, user, group] = [pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid')];
    return (how) => native.chown(how, plain, user, group);
  },

  close(fd) {
    fdOf(fd);
    return (how) => native.close(how, fd);
  },

  copyFile(src, dest, mode) {
    const [from, to] = [pathOf(src, 'src'), pathOf(dest, 'dest')];
    const bits = bitsOf(mode, 7);
    return (how) => native.copyFile(how, from, to, bits);
  },

  cp(src, dest, options) {
    return native.load('internal:fs_cp').cp(src, dest, options);
  },

  fchmod(fd, mode) {
    const bits = (fdOf(fd), modeOf(mode));
    return (how) => native.fchmod(how, fd, bits);
  },

  fchown(fd, uid, gid) {
    const [user, group] = (fdOf(fd), [ownerOf(uid, 'uid'), ownerOf(gid, 'gid')]);
    return (how) => native.fchown(how, fd, user, group);
  },

  fdatasync(fd) {
    fdOf(fd);
    return (how) => native.fdatasync(how, fd);
  },

  fstat(fd, options) {
    fdOf(fd);
    const isBig = options?.bigint === true;
    const make = (fields) => (isBig ? new BigIntStats(fields) : new Stats(fields));
    return mapped((how) => native.fstat(how, fd, isBig), make);
  },

  fsync(fd) {
    fdOf(fd);
    return (how) => native.fsync(how, fd);
  },

  ftruncate(fd, len) {
    const length = (fdOf(fd), Math.max(0, integerOf(len ?? 0, 'len')));
    return (how) => native.ftruncate(how, fd, length);
  },

  futimes(fd, atime, mtime) {
    const times = (fdOf(fd), [secondsOf(atime), secondsOf(mtime)]);
    return (how) => native.futimes(how, fd, ...times);
  },

  lchown(path, uid, gid) {
    const [plain, user, group] = [pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid')];
    return (how) => native.lchown(how, plain, user, group);
  },

  link(existingPath, newPath) {
    const [from, to] = [pathOf(existingPath, 'existingPath'), pathOf(newPath, 'newPath')];
    return (how) => native.link(how, from, to);
  },

  lstat(path, options) {
    return statsOf(pathOf(path), options, 1);
  },

  lutimes(path, atime, mtime) {
    const [plain, ...times] = [pathOf(path), secondsOf(atime), secondsOf(mtime)];
    return (how) => native.utimes(how, plain, ...times, true);
  },

  mkdir(path, options) {
    const plain = pathOf(path);
    const given = typeof options === 'object' && options !== null ? options : { mode: options };
    const isRecursive = flagOf(given.recursive, 'options.recursive');
    const mode = modeOf(given.mode, 0o777);
    return (how) => native.mkdir(how, plain, isRecursive, mode);
  },

  mkdtemp(prefix, options) {
    const encoding = nameEncoding(options);
    const plain = pathOf(prefix, 'prefix');
    return (how) => native.mkdtemp(how, plain, encoding);
  },

  open(path, flags, mode) {
    const [plain, bits, wanted] = [pathOf(path), flagsOf(flags), modeOf(mode, 0o666)];
    return (how) => native.open(how, plain, bits, wanted);
  },

  opendir(path, options) {
    return native.load('internal:fs_dir').opendir(path, options);
  },

  readFile(path, options) {
    const { encoding, flag, signal } = optionsOf(options, {});
    const [file, flags] = [fileOf(path), flagsOf(flag)];
    return abortable(signal, (how, cancel) => native.readFile(how, file, flags, encoding, cancel));
  },

  readdir(path, options) {
    const given = optionsOf(options, {});
    const [plain, encoding] = [pathOf(path), given.encoding || 'utf8'];
    const isRecursive = flagOf(given.recursive ?? false, 'options.recursive');
    if (!given.withFileTypes) return (how) => native.readdir(how, plain, encoding, false, isRecursive);
    return mapped((how) => native.readdir(how, plain, encoding, true, isRecursive), listed);
  },

  readlink(path, options) {
    const [encoding, plain] = [nameEncoding(options), pathOf(path)];
    return (how) => native.readlink(how, plain, encoding);
  },

  realpath(path, options) {
    return realpathOf(path, options, false);
  },

  rename(oldPath, newPath) {
    const [from, to] = [pathOf(oldPath, 'oldPath'), pathOf(newPath, 'newPath')];
    return (how) => native.rename(how, from, to);
  },

  rm(path, options) {
    const plain = pathOf(path);
    const { force, recursive, retryDelay, maxRetries } = objectOf(options);
    const isForced = flagOf(force, 'options.force');
    const isRecursive = flagOf(recursive, 'options.recursive');
    const delay = integerOf(retryDelay ?? 100, 'options.retryDelay', 0, INT_MAX);
    const retries = integerOf(maxRetries ?? 0, 'options.maxRetries', 0, UINT_MAX);
    return (how) => native.rm(how, plain, isRecursive, isForced, retries, delay);
  },

  rmdir(path, options) {
    const plain = pathOf(path);
    if (objectOf(options).recursive) throw wrongValue('options.recursive', true, 'is no longer supported: use rm');
    return (how) => native.rmdir(how, plain);
  },

  stat(path, options) {
    return statsOf(pathOf(path), options, 0);
  },

  statfs(path, options) {
    const plain = pathOf(path);
    const isBig = options?.bigint === true;
    return mapped((how) => native.statfs(how, plain, isBig), (fields) => new StatFs(fields));
  },

  symlink(target, path, type) {
    if (type !== undefined && type !== null && !['dir', 'file', 'junction'].includes(type)) {
      const message = `Symlink type must be one of "dir", "file", or "junction". Received "${type}"`;
      throw coded(Error, 'ERR_FS_INVALID_SYMLINK_TYPE', message);
    }
    const [to, plain] = [pathOf(target, 'target'), pathOf(path)];
    return (how) => native.symlink(how, to, plain);
  },

  truncate(path, len) {
    const [plain, length] = [pathOf(path), Math.max(0, integerOf(len ?? 0, 'len'))];
    return (how) => native.truncate(how, plain, length);
  },

  unlink(path) {
    const plain = pathOf(path);
    return (how) => native.unlink(how, plain);
  },

  utimes(path, atime, mtime) {
    const [plain, ...times] = [pathOf(path), secondsOf(atime), secondsOf(mtime)];
    return (how) => native.utimes(how, plain, ...times, false);
  },

  writeFile(path, data, options) {
    return write(path, data, options, { encoding: 'utf8', mode: 0o666, flag: 'w' });
  },
};
