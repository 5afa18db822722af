// path: https://nodejs.org/api/path.html. The rules of POSIX and of Windows are one set of functions
// over what tells them apart: which characters separate, and where the root of a path ends.

import { checkObject, checkString } from 'internal:errors';
import { load } from 'ops:path';

const SLASH = 47;
const BACKSLASH = 92;
const COLON = 58;
const DOT = 46;

const isSlash = (code) => code === SLASH;
const isEither = (code) => code === SLASH || code === BACKSLASH;

function isLetter(code) {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

const cwd = () => load('process').default.cwd();

/** The root of a POSIX path: no device, and one slash if it is absolute. */
function posixRoot(path) {
  const absolute = path.charCodeAt(0) === SLASH;
  return { device: '', absolute, end: absolute ? 1 : 0 };
}

/** `\\server\share` at the start of a path, and where it ends; undefined where there is none. */
function shareOf(path) {
  const next = (from, separator) => {
    let at = from;
    while (at < path.length && isEither(path.charCodeAt(at)) === separator) at++;
    return at;
  };
  if (!isEither(path.charCodeAt(1))) return undefined;
  const server = next(2, false);
  if (server === 2 || server === path.length) return undefined;
  const share = next(server, true);
  const end = next(share, false);
  if (share === path.length) return undefined;
  const name = path.slice(2, server);
  return { device: `\\\\${name}\\${path.slice(share, end)}`, end, server: name };
}

/** The root of a Windows path: a drive or a share, and the separator after it. */
function windowsRoot(path) {
  const first = path.charCodeAt(0);
  if (isEither(first)) {
    const share = shareOf(path);
    if (share === undefined) return { device: '', absolute: true, end: 1 };
    const { server, device, end } = share;
    // '\\.\' and '\\?\' are not servers: what follows is a device.
    if (server === '.' || server === '?') return { device: `\\\\${server}`, absolute: true, end: 4 };
    return { device, absolute: true, end, share };
  }
  if (isLetter(first) && path.charCodeAt(1) === COLON) {
    const absolute = path.length > 2 && isEither(path.charCodeAt(2));
    return { device: path.slice(0, 2), absolute, end: absolute ? 3 : 2 };
  }
  return { device: '', absolute: false, end: 0 };
}

const DEVICES = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9\u00b9\u00b2\u00b3])$/i;

/** A device such as `COM1:` at the start of a path, which must stay a file; undefined without. */
function reservedDevice(path) {
  const end = path.indexOf(':') + 1;
  if (!DEVICES.test(path.slice(0, Math.max(end - 1, 0)))) return undefined;
  return { device: path.slice(0, end), absolute: false, end };
}

/** Takes `.`, `..` and doubled separators out; what leads above the start stays when relative. */
function simplified(path, absolute, isSeparator, sep) {
  const kept = [];
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && !isSeparator(path.charCodeAt(at))) continue;
    const part = path.slice(start, at);
    start = at + 1;
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return kept.join(sep);
}

/** The last component of a path from `from` on: where it starts, and where it ends. */
function lastPart(path, from, isSeparator) {
  let end = path.length;
  while (end > from && isSeparator(path.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && !isSeparator(path.charCodeAt(start - 1))) start--;
  return { start, end };
}

/** Where the extension of a name begins; its end if it has none. */
function extensionAt(name) {
  const at = name.lastIndexOf('.');
  return at <= 0 || name === '..' ? name.length : at;
}

function formatWith(sep, parts) {
  checkObject(parts, 'pathObject');
  const { root, name, ext } = parts;
  const dir = parts.dir || root;
  const dot = ext && ext.charCodeAt(0) !== DOT ? '.' : '';
  const base = parts.base || `${name || ''}${dot}${ext || ''}`;
  if (!dir) return base;
  return dir === root ? `${dir}${base}` : `${dir}${sep}${base}`;
}

/** The functions that differ in nothing but the separators and the root. */
function functionsOver({ isSeparator, rootOf, sep, driveEnd }) {
  return {
    basename(path, suffix) {
      if (suffix !== undefined) checkString(suffix, 'suffix');
      checkString(path, 'path');
      const { start, end } = lastPart(path, driveEnd(path), isSeparator);
      const name = path.slice(start, end);
      if (!suffix || suffix.length > path.length) return name;
      if (suffix === path) return '';
      // As in Node: beside a suffix of which it is the end, a name keeps the separators after it.
      if (suffix.length > name.length && suffix.endsWith(name)) return path.slice(start);
      // A suffix that is all of a component stays too.
      const cuts = name.endsWith(suffix) && name !== suffix;
      return cuts ? name.slice(0, name.length - suffix.length) : name;
    },

    extname(path) {
      checkString(path, 'path');
      const { start, end } = lastPart(path, driveEnd(path), isSeparator);
      const name = path.slice(start, end);
      return name.slice(extensionAt(name));
    },

    parse(path) {
      checkString(path, 'path');
      const { root, end: rootEnd } = rootOf(path);
      const { start, end } = lastPart(path, rootEnd, isSeparator);
      const base = path.slice(start, end);
      // As in Node: right below the root of POSIX, '..' is a name and an extension.
      const dot = base === '..' && start === 1 && sep === '/' ? 1 : extensionAt(base);
      const dir = start > rootEnd ? path.slice(0, start - 1) : root;
      return { root, dir, base, ext: base.slice(dot), name: base.slice(0, dot) };
    },

    format(pathObject) {
      return formatWith(sep, pathObject);
    },
  };
}

export const posix = {
  resolve(...args) {
    let path = '';
    for (let index = args.length - 1; index >= -1 && !path.startsWith('/'); index--) {
      const part = index >= 0 ? args[index] : cwd();
      checkString(part, `paths[${index}]`);
      if (part !== '') path = `${part}/${path}`;
    }
    return `/${simplified(path, true, isSlash, '/')}`;
  },

  normalize(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const absolute = path.startsWith('/');
    const trailing = path.endsWith('/');
    const rest = simplified(path, absolute, isSlash, '/');
    if (rest === '') return absolute ? '/' : (trailing ? './' : '.');
    return `${absolute ? '/' : ''}${rest}${trailing ? '/' : ''}`;
  },

  isAbsolute(path) {
    checkString(path, 'path');
    return path.startsWith('/');
  },

  join(...args) {
    for (const part of args) checkString(part, 'path');
    const filled = args.filter((part) => part !== '');
    return filled.length === 0 ? '.' : posix.normalize(filled.join('/'));
  },

  relative(from, to) {
    checkString(from, 'from');
    checkString(to, 'to');
    return relativeParts(posix.resolve(from), posix.resolve(to), '/').join('/');
  },

  toNamespacedPath(path) {
    return path;
  },

  dirname(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const { start } = lastPart(path, 0, isSlash);
    if (start <= 1) return path.startsWith('/') ? '/' : '.';
    // Two slashes at the start may mean something else than one.
    return start === 2 && path.startsWith('//') ? '//' : path.slice(0, start - 1);
  },

  ...functionsOver({
    isSeparator: isSlash,
    sep: '/',
    driveEnd: () => 0,
    rootOf(path) {
      const { end } = posixRoot(path);
      return { root: path.slice(0, end), end };
    },
  }),

  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

/** The way from one resolved path to another, as components. */
function relativeParts(from, to, sep, same = (text) => text) {
  const start = from.split(sep).filter(Boolean);
  const end = to.split(sep).filter(Boolean);
  let shared = 0;
  while (shared < Math.min(start.length, end.length)
    && same(start[shared]) === same(end[shared])) shared++;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)];
}

const lower = (text) => text.toLowerCase();

function windowsCwd(device) {
  if (device === '') return cwd();
  // Windows keeps a working directory for each drive in a variable.
  const path = load('process').default.env[`=${device}`] || cwd();
  return lower(path.slice(0, 2)) !== lower(device) && path[2] === '\\' ? `${device}\\` : path;
}

export const win32 = {
  resolve(...args) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let index = args.length - 1; index >= -1; index--) {
      const path = index >= 0 ? args[index] : windowsCwd(device);
      checkString(path, `paths[${index}]`);
      if (path === '') continue;
      const root = windowsRoot(path);
      if (root.device !== '' && device !== '' && lower(root.device) !== lower(device)) continue;
      if (device === '') device = root.device;
      if (!absolute) {
        tail = `${path.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
      }
      if (absolute && device !== '') break;
    }
    tail = simplified(tail, absolute, isEither, '\\');
    return `${device}${absolute ? '\\' : ''}${tail}` || '.';
  },

  normalize(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    if (path === ':') return path;
    const reserved = reservedDevice(path);
    const { device, absolute, end, share } = reserved ?? windowsRoot(path);
    if (share !== undefined && end === path.length) return `${device}\\`;
    let tail = simplified(path.slice(end), absolute, isEither, '\\');
    if (tail === '' && !absolute) tail = '.';
    if (tail !== '' && isEither(path.charCodeAt(path.length - 1))) tail += '\\';
    // What had no drive must not come to have one: '.\C:' is a file.
    if (!absolute && device === '' && path.includes(':')) {
      if (isLetter(tail.charCodeAt(0)) && tail.charCodeAt(1) === COLON) return `.\\${tail}`;
      let at = path.indexOf(':');
      do {
        if (at === path.length - 1 || isEither(path.charCodeAt(at + 1))) return `.\\${tail}`;
        at = path.indexOf(':', at + 1);
      } while (at !== -1);
    }
    return `${reserved ? '.\\' : ''}${device}${absolute ? '\\' : ''}${tail}`;
  },

  isAbsolute(path) {
    checkString(path, 'path');
    return windowsRoot(path).absolute;
  },

  join(...args) {
    for (const part of args) checkString(part, 'path');
    const filled = args.filter((part) => part !== '');
    if (filled.length === 0) return '.';
    let joined = filled.join('\\');
    const [first] = filled;
    // Only the first argument can begin with a server, not what joining has made look like one.
    const names = first.length > 2 && isEither(first.charCodeAt(0))
      && isEither(first.charCodeAt(1)) && !isEither(first.charCodeAt(2));
    if (!names) joined = joined.replace(/^[\\/]{2,}/, '\\');
    return win32.normalize(joined);
  },

  relative(from, to) {
    checkString(from, 'from');
    checkString(to, 'to');
    if (from === to) return '';
    const start = win32.resolve(from);
    const end = win32.resolve(to);
    if (lower(start) === lower(end)) return '';
    const [first] = start.split('\\').filter(Boolean);
    const [other] = end.split('\\').filter(Boolean);
    // Nothing is shared: not even the drive.
    if (first && other && lower(first) !== lower(other)) return end;
    return relativeParts(start, end, '\\', lower).join('\\');
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path === '') return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\')) {
      const third = resolved[2];
      return third === '?' || third === '.' ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`;
    }
    return windowsRoot(resolved).device !== '' ? `\\\\?\\${resolved}` : resolved;
  },

  dirname(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const { end: rootEnd } = printedRoot(path);
    if (path.length === 1) return isEither(path.charCodeAt(0)) ? path : '.';
    const { start } = lastPart(path, rootEnd, isEither);
    if (start === rootEnd) return rootEnd === 0 ? '.' : path.slice(0, rootEnd);
    return path.slice(0, start - 1);
  },

  ...functionsOver({
    isSeparator: isEither,
    sep: '\\',
    driveEnd: (path) => (
      isLetter(path.charCodeAt(0)) && path.charCodeAt(1) === COLON ? 2 : 0
    ),
    rootOf: printedRoot,
  }),

  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

/** The root as `parse` shows it: of a share, up to and including the separator after it. */
function printedRoot(path) {
  const share = isEither(path.charCodeAt(0)) ? shareOf(path) : undefined;
  const { end } = share ?? windowsRoot(path);
  const more = share !== undefined && end < path.length ? 1 : 0;
  return { root: path.slice(0, end + more), end: end + more };
}

for (const rules of [posix, win32]) {
  Object.assign(rules, {
    posix,
    win32,
    _makeLong: rules.toNamespacedPath,
    matchesGlob(path, pattern) {
      checkString(path, 'path');
      checkString(pattern, 'pattern');
      return load('internal:glob_match').matches(path, pattern, rules === win32);
    },
  });
}

export const {
  resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname,
  format, parse, sep, delimiter, matchesGlob,
} = posix;
export default posix;
