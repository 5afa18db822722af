// FileHandle: an open file of fs/promises.
//
// Spec: https://nodejs.org/api/fs.html#class-filehandle

import { EventEmitter } from 'events';
import { load } from 'ops:fs';
import { forms } from 'internal:fs_forms';
import { readvWish, readWish, writevWish, writeWish } from 'internal:fs_transfer';

const CHUNK_BYTES = 65536;

export class FileHandle extends EventEmitter {
  #fd;
  #closed;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }

  /** Its number, for the call of this name. */
  #open(syscall) {
    if (this.#fd !== -1) return this.#fd;
    const error = new Error('file closed');
    throw Object.assign(error, { code: 'EBADF', syscall });
  }

  async appendFile(data, options) {
    return writeTo(this.#open('appendFile'), data, options);
  }

  async chmod(mode) {
    return forms.fchmod(this.#open('fchmod'), mode)(true);
  }

  async chown(uid, gid) {
    return forms.fchown(this.#open('fchown'), uid, gid)(true);
  }

  /** What is under way goes on; the file is closed after it. */
  close() {
    if (this.#fd === -1) return this.#closed ?? Promise.resolve();
    const fd = this.#fd;
    this.#fd = -1;
    this.#closed = forms.close(fd)(true).then(() => { this.emit('close'); });
    return this.#closed;
  }

  async datasync() {
    return forms.fdatasync(this.#open('fdatasync'))(true);
  }

  async read(...given) {
    const [operation, buffer] = readWish(this.#open('read'), ...given);
    return { bytesRead: await operation(true), buffer };
  }

  async readFile(options) {
    return forms.readFile(this.#open('readFile'), options)(true);
  }

  async readv(buffers, position) {
    const [operation] = readvWish(this.#open('readv'), buffers, position);
    return { bytesRead: await operation(true), buffers };
  }

  async stat(options) {
    return forms.fstat(this.#open('fstat'), options)(true);
  }

  async sync() {
    return forms.fsync(this.#open('fsync'))(true);
  }

  async truncate(len) {
    return forms.ftruncate(this.#open('ftruncate'), len)(true);
  }

  async utimes(atime, mtime) {
    return forms.futimes(this.#open('futimes'), atime, mtime)(true);
  }

  async write(...given) {
    const [operation, buffer] = writeWish(this.#open('write'), ...given);
    return { bytesWritten: await operation(true), buffer };
  }

  async writeFile(data, options) {
    return writeTo(this.#open('writeFile'), data, options);
  }

  async writev(buffers, position) {
    const [operation] = writevWish(this.#open('writev'), buffers, position);
    return { bytesWritten: await operation(true), buffers };
  }

  /** Its bytes as a stream, which closes it at the end. */
  createReadStream(options) {
    this.#open('createReadStream');
    return load('internal:fs_streams').createReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options) {
    this.#open('createWriteStream');
    return load('internal:fs_streams').createWriteStream(undefined, { ...options, fd: this });
  }

  /** Its lines, for `for await`. */
  readLines(options) {
    const input = this.createReadStream(options);
    return load('readline').createInterface({ input, crlfDelay: Infinity });
  }

  /** A stream of its bytes, from where it is; it stays open at the end. */
  readableWebStream() {
    this.#open('readableWebStream');
    return new ReadableStream({
      type: 'bytes',
      autoAllocateChunkSize: CHUNK_BYTES,
      pull: async (controller) => {
        const { view } = controller.byobRequest;
        const { bytesRead } = await this.read(view);
        if (bytesRead === 0) controller.close();
        controller.byobRequest.respond(bytesRead);
      },
    });
  }
}

if (Symbol.asyncDispose) {
  FileHandle.prototype[Symbol.asyncDispose] = function dispose() {
    return this.close();
  };
}

/** Whether data comes bit by bit. */
export function isIterable(data) {
  return typeof data === 'object' && data !== null && !ArrayBuffer.isView(data)
    && (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

/** Writes data to an open file, where it is. */
export async function writeTo(fd, data, options) {
  if (!isIterable(data)) return forms.writeFile(fd, data, options)(true);
  for await (const chunk of data) await forms.writeFile(fd, chunk, options)(true);
  return undefined;
}
