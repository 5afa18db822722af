// ReadStream and WriteStream: the bytes of a file as streams.
//
// Spec: https://nodejs.org/api/fs.html#class-fsreadstream

import { Readable, Writable, finished } from 'stream';
import { checkFunction, coded, outOfRange, wrongType, wrongValue } from 'internal:errors';
import { fdOf, flagsOf, forms, integerOf, optionsOf, pathOf } from 'internal:fs_forms';
import { readWish, writevWish, writeWish } from 'internal:fs_transfer';

const READ_BYTES = 64 * 1024;

/** What both have of their own. It is checked before there is a stream, which begins by itself. */
function fieldsOf(path, options, flags) {
  if (options.fs !== undefined) throw wrongValue('options.fs', options.fs, 'is not supported');
  const { fd, start } = options;
  const fields = { fd: null, handle: undefined, autoClose: options.autoClose ?? true, start, pos: start };
  if (fd === undefined || fd === null) {
    fields.path = pathOf(path);
    fields.flags = options.flags ?? flags;
    flagsOf(fields.flags);
    fields.mode = options.mode ?? 0o666;
  } else if (typeof fd === 'object') {
    if (typeof fd.fd !== 'number') {
      throw wrongType('options.fd', 'of type number or an instance of FileHandle', fd);
    }
    fields.handle = fd;
    fields.fd = fdOf(fd.fd);
  } else {
    fields.fd = fdOf(fd);
  }
  if (start !== undefined) integerOf(start, 'start', 0);
  return fields;
}

/** Ends with the handle whose file it is. */
function follow(stream) {
  stream.handle?.once('close', () => stream.destroy());
}

/** What streams have for their options: those of fs come out of them. */
function streamOptions(options) {
  const { autoClose, emitClose, signal, highWaterMark } = options;
  return { autoDestroy: autoClose ?? true, emitClose: emitClose ?? true, signal, highWaterMark };
}

function open(stream, callback) {
  if (stream.fd !== null) {
    callback();
    return;
  }
  if (stream.open !== openNothing) {
    openAsOfOld(stream, callback);
    return;
  }
  forms.open(stream.path, stream.flags, stream.mode)((error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

/** A package has an `open` of its own, which sets `fd` and tells by events. */
function openAsOfOld(stream, callback) {
  const { emit } = stream;
  stream.emit = function told(name, ...values) {
    if (name === 'open' || name === 'error') {
      stream.emit = emit;
      callback(name === 'error' ? values[0] : null);
      if (name === 'error') return true;
    }
    return Reflect.apply(emit, stream, [name, ...values]);
  };
  stream.open();
}

/** Closes the file once nothing is under way. */
function end(stream, error, callback) {
  if (stream.busy) {
    stream.once('idle', () => end(stream, error, callback));
    return;
  }
  const { fd, handle } = stream;
  if (fd === null || !stream.autoClose) {
    callback(error);
    return;
  }
  stream.fd = null;
  const closed = (failed) => callback(error ?? failed);
  if (handle !== undefined) handle.close().then(() => closed(), closed);
  else forms.close(fd)(closed);
}

/** Has an operation done that a stream which is destroyed waits for. */
function during(stream, operation, callback) {
  stream.busy = true;
  operation((error, count) => {
    stream.busy = false;
    if (stream.destroyed) stream.emit('idle');
    callback(error, count);
  });
}

function close(stream, callback) {
  if (callback === undefined) return;
  checkFunction(callback, 'callback');
  if (stream.closed) process.nextTick(callback);
  else finished(stream, callback);
}

/** What is on the prototype of a class that is a function, so that packages of old may call it. */
function inherit(Class, Parent, members) {
  Object.setPrototypeOf(Class, Parent);
  Object.setPrototypeOf(Class.prototype, Parent.prototype);
  for (const some of [shared, members]) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(some))) {
      Object.defineProperty(Class.prototype, name, { ...member, enumerable: false });
    }
  }
}

/** Packages of old put their own in its place: see `open` above. */
function openNothing() {}

const shared = {
  get pending() {
    return this.fd === null;
  },

  open: openNothing,

  _construct(callback) {
    open(this, callback);
  },

  _destroy(error, callback) {
    end(this, error, callback);
  },
};

export function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  const given = optionsOf(options, {});
  const fields = { ...fieldsOf(path, given, 'r'), end: given.end ?? Infinity, bytesRead: 0 };
  if (fields.end !== Infinity) integerOf(fields.end, 'end', 0);
  if (fields.start !== undefined && fields.start > fields.end) {
    throw outOfRange('start', `<= "end" (here: ${fields.end})`, fields.start);
  }
  Readable.call(this, { ...streamOptions(given), highWaterMark: given.highWaterMark ?? READ_BYTES });
  follow(Object.assign(this, fields));
  if (given.encoding) this.setEncoding(given.encoding);
}

inherit(ReadStream, Readable, {
  _read(size) {
    const wanted = this.pos === undefined
      ? Math.min(this.end - this.bytesRead + 1, size)
      : Math.min(this.end - this.pos + 1, size);
    if (wanted <= 0) {
      this.push(null);
      return;
    }
    const [operation, buffer] = readWish(this.fd, Buffer.alloc(wanted), 0, wanted, this.pos);
    during(this, operation, (error, count) => {
      if (error) {
        this.destroy(error);
        return;
      }
      if (this.destroyed) return;
      this.bytesRead += count;
      if (this.pos !== undefined) this.pos += count;
      this.push(count === 0 ? null : buffer.subarray(0, count));
    });
  },

  close(callback) {
    close(this, callback);
    this.destroy();
  },
});

export function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  const given = optionsOf(options, {});
  const flush = given.flush ?? false;
  if (typeof flush !== 'boolean') throw wrongType('options.flush', 'of type boolean', flush);
  const fields = fieldsOf(path, given, given.start === undefined ? 'w' : 'r+');
  Writable.call(this, { ...streamOptions(given), decodeStrings: true });
  follow(Object.assign(this, fields, { flush, bytesWritten: 0 }));
  if (given.encoding) this.setDefaultEncoding(given.encoding);
}

/** One call of the system may take a part alone. */
function writeAll(stream, buffer, callback) {
  const [operation] = writeWish(stream.fd, buffer, 0, buffer.length, stream.pos);
  pass(stream, operation, buffer.length, () => buffer, callback);
}

/** Counts what an operation has written, and writes the rest. */
function pass(stream, operation, length, gathered, callback) {
  during(stream, operation, (error, count) => {
    if (error) {
      callback(Object.assign(error, { bytesWritten: stream.bytesWritten }));
      return;
    }
    stream.bytesWritten += count;
    if (stream.pos !== undefined) stream.pos += count;
    if (count === length) callback();
    else if (!stream.destroyed) writeAll(stream, gathered().subarray(count), callback);
    else callback(coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
  });
}

inherit(WriteStream, Writable, {
  _write(chunk, encoding, callback) {
    writeAll(this, chunk, callback);
  },

  _writev(chunks, callback) {
    const views = chunks.map(({ chunk }) => chunk);
    const length = views.reduce((sum, view) => sum + view.length, 0);
    const [operation] = writevWish(this.fd, views, this.pos);
    pass(this, operation, length, () => Buffer.concat(views), callback);
  },

  _final(callback) {
    if (this.flush && this.fd !== null) forms.fsync(this.fd)(callback);
    else callback();
  },

  close(callback) {
    if (this.closed) {
      if (callback !== undefined) process.nextTick(callback);
      return;
    }
    if (callback !== undefined) {
      checkFunction(callback, 'callback');
      this.once('close', callback);
    }
    // What was written before goes out.
    if (!this.autoClose) this.on('finish', this.destroy);
    this.end();
  },

  destroySoon() {
    this.end();
  },
});

export function createReadStream(path, options) {
  return new ReadStream(path, options);
}

export function createWriteStream(path, options) {
  return new WriteStream(path, options);
}
