// fs/promises: the functions of fs that return promises.
//
// Spec: https://nodejs.org/api/fs.html#promises-api

import { load, readFile as readNative } from 'ops:fs';
import { constants, flagsOf, forms, optionsOf, pathOf } from 'internal:fs_forms';

/** The functions of fs whose promise form is what they are with another ending. */
const NAMES = [
  'access', 'chmod', 'chown', 'copyFile', 'cp', 'lchown', 'link', 'lstat', 'lutimes', 'mkdir', 'mkdtemp',
  'opendir', 'readdir', 'readlink', 'realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink',
  'truncate', 'unlink', 'utimes',
];

function promised(name) {
  const form = forms[name];
  const named = {
    [name](...given) {
      try {
        return form(...given)(true);
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };
  return named[name];
}

const plain = Object.fromEntries(NAMES.map((name) => [name, promised(name)]));

/** The number of a FileHandle, which functions take in the place of a path. */
function fileOf(path) {
  if (typeof path !== 'object' || path === null || typeof path.fd !== 'number') return pathOf(path);
  return path;
}

function readFile(path, options) {
  // Most calls are no more than this.
  if (options === undefined && typeof path === 'string' && !path.includes('\0')) {
    return readNative(true, path, constants.O_RDONLY);
  }
  try {
    const file = fileOf(path);
    return typeof file === 'object' && 'fd' in file
      ? file.readFile(options)
      : forms.readFile(file, options)(true);
  } catch (error) {
    return Promise.reject(error);
  }
}

function write(name, flag) {
  return async (path, data, options) => {
    const file = fileOf(path);
    if (typeof file === 'object' && 'fd' in file) return file[name](data, options);
    if (typeof data !== 'object' || ArrayBuffer.isView(data)) return forms[name](file, data, options)(true);
    const { isIterable, writeTo } = load('internal:fs_handle');
    if (!isIterable(data)) return forms[name](file, data, options)(true);
    const given = optionsOf(options, { flag });
    if (given.atomic) throw new TypeError('the option atomic needs data that is whole');
    const handle = await open(path, given.flag, given.mode);
    try {
      await writeTo(handle.fd, data, { encoding: given.encoding, signal: given.signal });
      if (given.flush) await handle.sync();
    } finally {
      await handle.close();
    }
    return undefined;
  };
}

const writeFile = write('writeFile', 'w');
const appendFile = write('appendFile', 'a');

async function open(path, flags, mode) {
  flagsOf(flags);
  const fd = await forms.open(path, flags, mode)(true);
  return new (load('internal:fs_handle').FileHandle)(fd);
}

function watch(filename, options) {
  return load('internal:fs_watch').changes(filename, options);
}

export const {
  access, chmod, chown, copyFile, cp, lchown, link, lstat, lutimes, mkdir, mkdtemp, opendir, readdir, readlink,
  realpath, rename, rm, rmdir, stat, statfs, symlink, truncate, unlink, utimes,
} = plain;

export { appendFile, constants, open, readFile, watch, writeFile };

export default {
  ...plain, appendFile, constants, open, readFile, watch, writeFile,
};
