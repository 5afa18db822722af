// What tests/interop/fs.py asks of fs: runs one of these by its name, with paths, and prints JSON.

import fs from 'fs';
import { readFile, writeFile } from 'fs/promises';

const tasks = {
  /** Pieces until the disk is full. */
  async fill(path) {
    const error = await writeFile(path, Buffer.alloc(4 * 2 ** 20, 'x')).catch((reason) => reason);
    return [error.code, error.syscall, error.bytesWritten, fs.statSync(path).size];
  },

  async atomic(path) {
    const error = await writeFile(path, Buffer.alloc(4 * 2 ** 20, 'y'), { atomic: true }).catch((reason) => reason);
    return [error.code, error.bytesWritten > 0];
  },

  /** One content after the other, each whole. */
  async flip(path, times) {
    for (let n = 0; n < Number(times); n++) {
      await writeFile(path, String(n % 10).repeat(50_000), { atomic: true });
    }
    return 'done';
  },

  async fifo(path) {
    return readFile(path, 'utf8');
  },

  /** Nobody reads standard output any more. */
  async pipe() {
    const errors = [];
    try {
      for (;;) fs.writeSync(1, 'x'.repeat(1000));
    } catch (error) {
      errors.push(error.code, error.syscall, error.errno);
    }
    fs.writeSync(2, JSON.stringify(errors));
    return undefined;
  },

  async input() {
    return fs.readFileSync(0, 'utf8');
  },

  async stat(path) {
    const { mode, uid, gid, size, mtimeNs } = fs.statSync(path, { bigint: true });
    return [mode, uid, gid, size, mtimeNs].map(String);
  },
};

const [name, ...given] = process.argv.slice(2);
const result = await tasks[name](...given);
if (result !== undefined) console.log(JSON.stringify(result));
