// cp: whole folders to another place. One algorithm for all three forms: a generator that yields the
// operations that it needs, and gets what they found.
//
// Spec: https://nodejs.org/api/fs.html#fscpsrc-dest-options-callback

import { dirname, isAbsolute, join, resolve, sep } from 'path';
import { checkFunction, checkObject, coded, wrongType } from 'internal:errors';
import { forms, integerOf, pathOf } from 'internal:fs_forms';

const TEXTS = {
  ERR_FS_CP_DIR_TO_NON_DIR: 'Cannot overwrite non-directory with directory',
  ERR_FS_CP_EEXIST: 'Target already exists',
  ERR_FS_CP_EINVAL: 'Invalid src or dest',
  ERR_FS_CP_FIFO_PIPE: 'Cannot copy a FIFO pipe',
  ERR_FS_CP_NON_DIR_TO_DIR: 'Cannot overwrite directory with non-directory',
  ERR_FS_CP_SOCKET: 'Cannot copy a socket file',
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: 'Cannot overwrite symlink in subdirectory of self',
  ERR_FS_CP_UNKNOWN: 'Cannot copy an unknown file type',
  ERR_FS_EISDIR: 'Recursive option not enabled, cannot copy a directory',
};
const NUMBERS = { EEXIST: 17, ENOTDIR: 20, EISDIR: 21, EINVAL: 22 };

function fault(code, name, message, path) {
  const error = coded(Error, code, `${TEXTS[code]}: cp returned ${name} (${message}) ${path}`);
  Object.defineProperty(error, 'name', { value: 'SystemError', writable: true, configurable: true });
  return Object.assign(error, { errno: NUMBERS[name], syscall: 'cp', path });
}

/** Options, checked. */
function wishes(options = {}) {
  checkObject(options, 'options');
  const given = {
    dereference: false, errorOnExist: false, force: true, preserveTimestamps: false, recursive: false,
    verbatimSymlinks: false, ...options,
  };
  for (const name of [
    'dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks',
  ]) {
    if (typeof given[name] !== 'boolean') {
      throw wrongType(`options.${name}`, 'of type boolean', given[name]);
    }
  }
  given.mode = integerOf(given.mode ?? 0, 'mode', 0, 7);
  if (given.dereference && given.verbatimSymlinks) {
    throw coded(TypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR', 'Option "dereference" cannot be used in combination with option "verbatimSymlinks"');
  }
  if (given.filter !== undefined) checkFunction(given.filter, 'options.filter');
  return given;
}

/** What is known of a file; nothing where there is none. */
function* look(path, options) {
  const look = options.dereference ? forms.stat : forms.lstat;
  try {
    return yield look(path, { bigint: true });
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isBelow(parent, path) {
  const parts = resolve(parent).split(sep).filter(Boolean);
  const others = resolve(path).split(sep).filter(Boolean);
  return parts.every((part, at) => others[at] === part);
}

const same = (one, other) => one.ino === other.ino && one.dev === other.dev;

/** Refuses what cannot be copied to there. */
function checkPair(src, dest, from, to, options) {
  if (to !== undefined) {
    if (same(from, to)) throw fault('ERR_FS_CP_EINVAL', 'EINVAL', 'src and dest cannot be the same', dest);
    if (from.isDirectory() && !to.isDirectory()) {
      const message = `cannot overwrite non-directory ${dest} with directory ${src}`;
      throw fault('ERR_FS_CP_DIR_TO_NON_DIR', 'EISDIR', message, dest);
    }
    if (!from.isDirectory() && to.isDirectory()) {
      const message = `cannot overwrite directory ${dest} with non-directory ${src}`;
      throw fault('ERR_FS_CP_NON_DIR_TO_DIR', 'ENOTDIR', message, dest);
    }
  }
  if (!from.isDirectory()) return;
  if (isBelow(src, dest)) {
    throw fault('ERR_FS_CP_EINVAL', 'EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
  }
  if (!options.recursive) {
    throw fault('ERR_FS_EISDIR', 'EISDIR', `${src} is a directory (not copied)`, src);
  }
}

/** A folder above the target may be the source under another name. */
function* checkParents(src, from, dest) {
  const parent = resolve(dirname(dest));
  if (parent === resolve(dirname(src)) || parent === dirname(parent)) return;
  let stats;
  try {
    stats = yield forms.stat(parent, { bigint: true });
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (same(from, stats)) {
    throw fault('ERR_FS_CP_EINVAL', 'EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
  }
  yield* checkParents(src, from, parent);
}

function* wants(src, dest, options) {
  if (options.filter === undefined) return true;
  return yield (how) => {
    const answer = options.filter(src, dest);
    if (how === undefined && typeof answer?.then === 'function') {
      throw coded(TypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected boolean to be returned from the "filter" function but got an instance of Promise.');
    }
    return answer;
  };
}

function* copyAny(src, dest, options) {
  const from = yield (options.dereference ? forms.stat : forms.lstat)(src, { bigint: true });
  const to = yield* look(dest, options);
  checkPair(src, dest, from, to, options);
  if (from.isDirectory()) return yield* copyFolder(src, dest, from, to, options);
  if (from.isSymbolicLink()) return yield* copyLink(src, dest, to, options);
  if (from.isFile() || from.isCharacterDevice() || from.isBlockDevice()) {
    return yield* copyContent(src, dest, from, to, options);
  }
  const kinds = { ERR_FS_CP_SOCKET: 'a socket file', ERR_FS_CP_FIFO_PIPE: 'a FIFO pipe' };
  const code = from.isSocket() ? 'ERR_FS_CP_SOCKET'
    : from.isFIFO() ? 'ERR_FS_CP_FIFO_PIPE' : 'ERR_FS_CP_UNKNOWN';
  throw fault(code, 'EINVAL', `cannot copy ${kinds[code] ?? 'an unknown file type'}: ${dest}`, dest);
}

function* copyContent(src, dest, from, to, options) {
  if (to !== undefined) {
    if (!options.force) {
      if (options.errorOnExist) throw fault('ERR_FS_CP_EEXIST', 'EEXIST', `${dest} already exists`, dest);
      return;
    }
    yield forms.unlink(dest);
  }
  yield forms.copyFile(src, dest, options.mode);
  if (options.preserveTimestamps) {
    // The copy may not be writable, as what it was made of.
    const times = yield forms.stat(src);
    yield forms.utimes(dest, times.atimeMs / 1000, times.mtimeMs / 1000);
  }
}

function* copyFolder(src, dest, from, to, options) {
  if (to === undefined) yield forms.mkdir(dest);
  for (const name of yield forms.readdir(src)) {
    const [one, other] = [join(src, name), join(dest, name)];
    if (yield* wants(one, other, options)) yield* copyAny(one, other, options);
  }
  if (to === undefined) yield forms.chmod(dest, Number(from.mode & 0o7777n));
}

function* copyLink(src, dest, to, options) {
  let target = yield forms.readlink(src);
  if (!options.verbatimSymlinks && !isAbsolute(target)) target = resolve(dirname(src), target);
  if (to !== undefined) {
    let old;
    try {
      old = yield forms.readlink(dest);
    } catch (error) {
      if (error.code !== 'EINVAL') throw error;
    }
    if (old === undefined) return yield* replace(target, dest, options);
    if (!isAbsolute(old)) old = resolve(dirname(dest), old);
    if (target !== old && isBelow(target, old)) {
      const message = `cannot copy ${target} to a subdirectory of self ${old}`;
      throw fault('ERR_FS_CP_EINVAL', 'EINVAL', message, dest);
    }
    if (target !== old && isBelow(old, target)) {
      const message = `cannot overwrite ${old} with ${target}`;
      throw fault('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', 'EINVAL', message, dest);
    }
    return yield* replace(target, dest, options);
  }
  return yield forms.symlink(target, dest);
}

function* replace(target, dest, options) {
  if (!options.force) {
    if (options.errorOnExist) throw fault('ERR_FS_CP_EEXIST', 'EEXIST', `${dest} already exists`, dest);
    return;
  }
  yield forms.unlink(dest);
  yield forms.symlink(target, dest);
}

function* copy(src, dest, options) {
  const from = yield (options.dereference ? forms.stat : forms.lstat)(src, { bigint: true });
  const to = yield* look(dest, options);
  checkPair(src, dest, from, to, options);
  yield* checkParents(src, from, dest);
  if (!(yield* wants(src, dest, options))) return;
  yield forms.mkdir(dirname(dest), { recursive: true });
  yield* copyAny(src, dest, options);
}

function runNow(steps) {
  let step = steps.next();
  while (!step.done) {
    let found;
    try {
      found = step.value(undefined);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(found);
  }
}

async function runLater(steps) {
  let step = steps.next();
  while (!step.done) {
    let found;
    try {
      found = await step.value(true);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(found);
  }
}

/** Text, since names are put together. */
function textOf(path, name) {
  const plain = pathOf(path, name);
  return typeof plain === 'string' ? plain : new TextDecoder().decode(plain);
}

export function cp(src, dest, options) {
  const given = wishes(options);
  const [from, to] = [textOf(src, 'src'), textOf(dest, 'dest')];
  return (how) => {
    const steps = copy(from, to, given);
    if (how === undefined) return runNow(steps);
    const done = runLater(steps);
    if (how === true) return done;
    return done.then(() => process.nextTick(how, null), (error) => process.nextTick(how, error));
  };
}
