// fs: files and folders, at once (`readFileSync`), with a callback (`readFile`) and with promises
// (`fs.promises`).
//
// Spec: https://nodejs.org/api/fs.html. Left out: what Node has deprecated or has on other systems.

import {
  exists as existsNative, folders, load, readFile as readNative, streams, watchers,
} from 'ops:fs';
import { checkFunction, wrongType } from 'internal:errors';
import { constants, forms, pathOf, realpathOf } from 'internal:fs_forms';
import { Dirent, Stats } from 'internal:fs_stats';
import promises from 'fs/promises';

const promisified = Symbol.for('nodejs.util.promisify.custom');

/** The arguments and the callback of a call of a function that has so many arguments before it. */
function parted(given, count) {
  const at = Math.min(count, given.length - 1);
  const callback = given[at];
  if (typeof callback !== 'function') throw wrongType('cb', 'of type function', given[count]);
  return [given.slice(0, at), callback];
}

const plain = {};
for (const name of Object.keys(forms)) {
  const form = forms[name];
  const sync = `${name}Sync`;
  const named = {
    [name](...given) {
      const [wanted, callback] = parted(given, form.length);
      form(...wanted)(callback);
    },
    [sync](...given) {
      return form(...given)(undefined);
    },
  };
  plain[name] = named[name];
  plain[sync] = named[sync];
}

const readWhole = plain.readFileSync;
plain.readFileSync = function readFileSync(path, options) {
  // Most calls are no more than this.
  if (options === undefined && typeof path === 'string' && !path.includes('\0')) {
    return readNative(undefined, path, constants.O_RDONLY);
  }
  return readWhole(path, options);
};

export const {
  access, accessSync, appendFile, appendFileSync, chmod, chmodSync, chown, chownSync, closeSync, copyFile,
  copyFileSync, cp, cpSync, fchmod, fchmodSync, fchown, fchownSync, fdatasync, fdatasyncSync, fstat, fstatSync,
  fsync, fsyncSync, ftruncate, ftruncateSync, futimes, futimesSync, lchown, lchownSync, link, linkSync, lstat,
  lstatSync, lutimes, lutimesSync, mkdir, mkdirSync, mkdtemp, mkdtempSync, open, openSync, opendir, opendirSync,
  readFile, readFileSync, readdir, readdirSync, readlink, readlinkSync, realpath, realpathSync, rename,
  renameSync, rm, rmSync, rmdir, rmdirSync, stat, statSync, statfs, statfsSync, symlink, symlinkSync, truncate,
  truncateSync, unlink, unlinkSync, utimes, utimesSync, writeFile, writeFileSync,
} = plain;

export function close(fd, callback) {
  if (callback !== undefined) checkFunction(callback, 'cb');
  // Without a callback there is nobody to tell but everybody.
  forms.close(fd)(callback ?? ((error) => { if (error) throw error; }));
}

export function exists(path, callback) {
  checkFunction(callback, 'cb');
  let plainPath;
  try {
    plainPath = pathOf(path);
  } catch {
    process.nextTick(callback, false);
    return;
  }
  existsNative((error, found) => callback(found), plainPath);
}

export function existsSync(path) {
  try {
    return existsNative(undefined, pathOf(path));
  } catch {
    return false;
  }
}

Object.defineProperty(exists, promisified, {
  value: (path) => new Promise((resolve) => { exists(path, resolve); }),
});

// --- bytes of open files ---

/** The forms of a function that passes bytes: they tell of the buffer, too. */
function passing(name, count, field, buffer) {
  const wish = (given) => load('internal:fs_transfer')[`${name}Wish`](...given);
  const named = {
    [name](...given) {
      const [wanted, callback] = parted(given, count);
      const [operation, view] = wish(wanted);
      operation((error, passed) => callback(error, passed ?? 0, view));
    },
    [`${name}Sync`](...given) {
      // Without a callback there is nobody who gets a buffer that the script has not given.
      if (name === 'read' && given.length === 1) given.push(null);
      return wish(given)[0](undefined);
    },
  };
  Object.defineProperty(named[name], promisified, {
    value: async (...given) => {
      const [operation, view] = wish(given);
      return { [field]: await operation(true), [buffer]: view };
    },
  });
  return named;
}

const passings = {
  ...passing('read', 5, 'bytesRead', 'buffer'),
  ...passing('readv', 3, 'bytesRead', 'buffers'),
  ...passing('write', 5, 'bytesWritten', 'buffer'),
  ...passing('writev', 3, 'bytesWritten', 'buffers'),
};

export const {
  read, readSync, readv, readvSync, write, writeSync, writev, writevSync,
} = passings;

// --- what few programs need, and is loaded for them ---

export function createReadStream(path, options) {
  return load('internal:fs_streams').createReadStream(path, options);
}

export function createWriteStream(path, options) {
  return load('internal:fs_streams').createWriteStream(path, options);
}

export function watch(filename, options, listener) {
  return load('internal:fs_watch').watch(filename, options, listener);
}

export function watchFile(filename, options, listener) {
  return load('internal:fs_watch').watchFile(filename, options, listener);
}

export function unwatchFile(filename, listener) {
  load('internal:fs_watch').unwatchFile(filename, listener);
}

realpath.native = (...given) => {
  const [[path, options], callback] = parted(given, 2);
  realpathOf(path, options, true)(callback);
};
realpathSync.native = (path, options) => realpathOf(path, options, true)(undefined);

export const { F_OK, R_OK, W_OK, X_OK } = constants;
export const { ReadStream, WriteStream } = streams();
export const { FSWatcher } = watchers();
export const { Dir } = folders();
export { constants, Dirent, promises, Stats };

export default {
  ...plain, ...passings, Dir, Dirent, F_OK, FSWatcher, R_OK, ReadStream, Stats, W_OK, WriteStream, X_OK, close,
  constants, createReadStream, createWriteStream, exists, existsSync, promises, unwatchFile, watch, watchFile,
};
