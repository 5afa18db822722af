// Dir: the files of a folder one after the other, and what opendir makes it of.
//
// Spec: https://nodejs.org/api/fs.html#class-fsdir. The folder is read when it is opened: what comes
// or goes later does not show.

import { readdir } from 'ops:fs';
import { checkFunction, coded } from 'internal:errors';
import { integerOf, mapped, optionsOf, pathOf } from 'internal:fs_forms';
import { listed } from 'internal:fs_stats';

const UINT_MAX = 2 ** 32 - 1;

export class Dir {
  #path;
  #entries;
  #at = 0;

  constructor(path, entries) {
    this.#path = path;
    this.#entries = entries;
  }

  get path() {
    return this.#path;
  }

  #open() {
    if (this.#entries === undefined) throw coded(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed');
  }

  readSync() {
    this.#open();
    return this.#entries[this.#at++] ?? null;
  }

  read(callback) {
    if (callback === undefined) return new Promise((resolve) => { resolve(this.readSync()); });
    checkFunction(callback, 'callback');
    this.#open();
    return process.nextTick(callback, null, this.readSync());
  }

  closeSync() {
    this.#open();
    this.#entries = undefined;
  }

  close(callback) {
    if (callback === undefined) return new Promise((resolve) => { resolve(this.closeSync()); });
    checkFunction(callback, 'callback');
    this.closeSync();
    return process.nextTick(callback, null);
  }

  async* entries() {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      if (this.#entries !== undefined) this.closeSync();
    }
  }

  [Symbol.asyncIterator]() {
    return this.entries();
  }
}

if (Symbol.asyncDispose) {
  Dir.prototype[Symbol.asyncDispose] = async function dispose() {
    await this.close();
  };
}

export function opendir(path, options) {
  const plain = pathOf(path);
  const { encoding, bufferSize, recursive } = optionsOf(options, { encoding: 'utf8' });
  if (bufferSize !== undefined) integerOf(bufferSize, 'options.bufferSize', 1, UINT_MAX);
  const work = (how) => readdir(how, plain, encoding || 'utf8', true, recursive === true, true);
  return mapped(work, (found) => new Dir(plain, listed(found)));
}
