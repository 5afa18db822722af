// node:sqlite: the same as krandog:sqlite, in the shape that Node.js has given it.
//
// Spec: https://nodejs.org/api/sqlite.html

import { begin, classes, end, load, next } from 'ops:krandog:sqlite';
import { coded, wrongType } from 'internal:errors';

const native = classes();

export const { StatementSync } = native;

const Rows = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));

function method(prototype, name, value) {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

method(StatementSync.prototype, 'iterate', function iterate(...parameters) {
  const turn = begin(this, ...parameters);
  let over = false;
  const rows = Object.create(Rows);
  rows.next = () => {
    const value = over ? undefined : next(this, turn);
    if (value !== undefined) return { __proto__: null, done: false, value };
    over = true;
    return { __proto__: null, done: true, value: null };
  };
  rows.return = () => {
    over = true;
    end(this, turn);
    return { __proto__: null, done: true, value: null };
  };
  return rows;
});

function pathOf(path) {
  if (path instanceof URL) return load('url').fileURLToPath(path);
  const text = path instanceof Uint8Array ? load('buffer').Buffer.from(path).toString() : path;
  if (typeof text !== 'string') {
    throw wrongType('path', 'a string, Uint8Array, or URL without null bytes', path);
  }
  if (text.includes('\0')) {
    throw wrongType('path', 'a string, Uint8Array, or URL without null bytes', path);
  }
  return text;
}

export class DatabaseSync extends native.DatabaseSync {
  constructor(path, options = undefined) {
    super(pathOf(path), options);
  }

  enableLoadExtension(allow) {
    if (typeof allow !== 'boolean') throw wrongType('allow', 'of type boolean', allow);
    if (allow) throw unavailable('enableLoadExtension');
  }

  loadExtension() {
    throw unavailable('loadExtension');
  }

  [Symbol.dispose]() {
    if (this.isOpen) this.close();
  }
}

function unavailable(name) {
  const message = `The ${name}() method is not implemented: extensions are not loaded`;
  return coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', message);
}

export async function backup(sourceDb, path, options = undefined) {
  if (!(sourceDb instanceof DatabaseSync)) {
    throw wrongType('sourceDb', 'an instance of DatabaseSync', sourceDb);
  }
  return load('internal:sqlite_async').backup(sourceDb, pathOf(path), options);
}

export const constants = Object.freeze({
  SQLITE_CHANGESET_OMIT: 0, SQLITE_CHANGESET_REPLACE: 1, SQLITE_CHANGESET_ABORT: 2,
});

export default { DatabaseSync, StatementSync, backup, constants };
