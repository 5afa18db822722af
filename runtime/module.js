// The module `module`: `require` for ES modules, and what is built in.
//
// Spec: https://nodejs.org/api/module.html

import { Module, makeRequire } from 'internal:commonjs';
import { builtinNames } from 'ops:module';
import { wrongValue } from 'internal:errors';
import { fileURLToPath } from 'url';

/** A `require` that finds what a file at this place would find: an absolute path, or a file: URL. */
export function createRequire(filename) {
  const isUrl = filename instanceof URL
    || (typeof filename === 'string' && filename.startsWith('file:'));
  const path = isUrl ? fileURLToPath(filename) : filename;
  if (typeof path !== 'string' || !path.startsWith('/')) {
    const wanted = 'must be a file URL object, file URL string, or absolute path string';
    throw wrongValue('filename', filename, wanted);
  }
  return makeRequire(path.endsWith('/') ? `${path}noop.js` : path);
}

export const builtinModules = Object.freeze(builtinNames());

export function isBuiltin(name) {
  const plain = `${name}`.replace(/^node:/, '');
  return builtinModules.includes(plain);
}

Module.createRequire = createRequire;
Module.builtinModules = builtinModules;
Module.isBuiltin = isBuiltin;
Module.Module = Module;

export { Module };
export default Module;
