// CommonJS: `require`, `module` and the cache of both. Files are found, read and compiled by the
// loader; here they run.
//
// Spec: https://nodejs.org/api/modules.html

import { compile, importNow, resolve } from 'ops:internal:commonjs';
import { checkString, wrongValue } from 'internal:errors';

const cache = Object.create(null);
let main;

export class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = directory(id);
    this.exports = {};
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.parent = parent;
    parent?.children.push(this);
  }

  get paths() {
    const paths = [];
    for (let folder = this.path; ; folder = directory(folder)) {
      if (!folder.endsWith('/node_modules')) {
        paths.push(`${folder === '/' ? '' : folder}/node_modules`);
      }
      if (folder === '/') return paths;
    }
  }

  require(specifier) {
    return requireFrom(this.filename, specifier, this);
  }
}

function directory(path) {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** The function `require` of a file. */
export function makeRequire(filename, module) {
  const require = (specifier) => requireFrom(filename, specifier, module);
  require.resolve = (specifier) => resolve(text(specifier), filename)[0];
  require.cache = cache;
  require.main = main;
  return require;
}

function text(specifier) {
  checkString(specifier, 'id');
  if (specifier === '') throw wrongValue('id', specifier, 'must be a non-empty string');
  return specifier;
}

function requireFrom(filename, specifier, parent) {
  const [path, isBuiltin] = resolve(text(specifier), filename);
  if (isBuiltin) {
    const namespace = importNow(path);
    return 'default' in namespace ? namespace.default : namespace;
  }
  return run(path, parent);
}

/** Runs the file that an ES module has imported, or the program, and returns its exports. */
export function load(path, isMain) {
  return run(path, undefined, isMain);
}

function run(path, parent, isMain) {
  const known = cache[path];
  if (known !== undefined) {
    if (parent !== undefined && !parent.children.includes(known)) parent.children.push(known);
    return known.exports;
  }
  const module = new Module(path, parent);
  if (isMain) {
    module.id = '.';
    main = module;
  }
  cache[path] = module;
  let isDone = false;
  try {
    const [kind, value] = compile(path);
    if (kind === 'function') {
      const { exports } = module;
      value.call(exports, exports, makeRequire(path, module), module, path, module.path);
    } else {
      module.exports = kind === 'module' ? exportsOf(importNow(path)) : value;
    }
    isDone = true;
  } finally {
    if (!isDone) delete cache[path];
  }
  module.loaded = true;
  return module.exports;
}

/** What an ES module is to those who require it. */
function exportsOf(namespace) {
  return 'module.exports' in namespace ? namespace['module.exports'] : namespace;
}
