// path: https://nodejs.org/api/path.html, its POSIX half.

import { wrongType } from 'internal:errors';
import process from 'process';

export const sep = '/';
export const delimiter = ':';

function check(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
}

/** Takes `.`, `..` and doubled slashes out; what leads above the start stays when relative. */
function simplified(path, absolute) {
  const kept = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return kept.join('/');
}

export function isAbsolute(path) {
  check(path, 'path');
  return path.startsWith('/');
}

export function normalize(path) {
  check(path, 'path');
  if (path === '') return '.';
  const absolute = path.startsWith('/');
  const trailing = path.endsWith('/');
  const rest = simplified(path, absolute);
  if (rest === '') return absolute ? '/' : (trailing ? './' : '.');
  return `${absolute ? '/' : ''}${rest}${trailing ? '/' : ''}`;
}

export function join(...parts) {
  for (const part of parts) check(part, 'path');
  const filled = parts.filter((part) => part !== '');
  return filled.length === 0 ? '.' : normalize(filled.join('/'));
}

export function resolve(...parts) {
  let path = '';
  for (let index = parts.length - 1; index >= 0 && !path.startsWith('/'); index--) {
    check(parts[index], `paths[${index}]`);
    if (parts[index] !== '') path = `${parts[index]}/${path}`;
  }
  if (!path.startsWith('/')) path = `${process.cwd()}/${path}`;
  return `/${simplified(path, true)}`;
}

export function relative(from, to) {
  check(from, 'from');
  check(to, 'to');
  const start = resolve(from).split('/').filter(Boolean);
  const end = resolve(to).split('/').filter(Boolean);
  let shared = 0;
  while (shared < start.length && shared < end.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/');
}

function withoutTrailing(path) {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

export function dirname(path) {
  check(path, 'path');
  if (path === '') return '.';
  const plain = withoutTrailing(path);
  const at = plain.lastIndexOf('/');
  if (at < 0) return '.';
  if (at === 0) return '/';
  if (at === 1 && plain[0] === '/') return '//';
  return plain.slice(0, at);
}

export function basename(path, suffix) {
  check(path, 'path');
  if (suffix !== undefined) check(suffix, 'suffix');
  const plain = withoutTrailing(path);
  const name = plain.slice(plain.lastIndexOf('/') + 1);
  const cut = suffix !== undefined && name !== suffix && name.endsWith(suffix);
  return cut ? name.slice(0, name.length - suffix.length) : name;
}

export function extname(path) {
  const name = basename(path);
  const at = name.lastIndexOf('.');
  return at <= 0 || name === '..' ? '' : name.slice(at);
}

export function parse(path) {
  check(path, 'path');
  const root = path.startsWith('/') ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const plain = withoutTrailing(path);
  const at = plain.lastIndexOf('/');
  const dir = at < 0 ? '' : (plain.slice(0, at) || root);
  return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
}

export function format(parts) {
  if (parts === null || typeof parts !== 'object') {
    throw wrongType('pathObject', 'of type object', parts);
  }
  const { root = '', name = '', ext = '' } = parts;
  const dir = parts.dir || root;
  const dot = ext !== '' && !ext.startsWith('.') ? '.' : '';
  const base = parts.base || `${name}${dot}${ext}`;
  if (!dir) return base;
  return dir === root ? `${dir}${base}` : `${dir}/${base}`;
}

export function toNamespacedPath(path) {
  return path;
}

const path = {
  sep, delimiter, isAbsolute, normalize, join, resolve, relative, dirname, basename, extname, parse,
  format, toNamespacedPath,
};
path.posix = path;

export const posix = path;
export default path;
