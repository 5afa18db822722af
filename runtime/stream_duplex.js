// Duplex, Transform and PassThrough of `stream`.
//
// Spec: https://nodejs.org/api/stream.html#duplex-and-transform-streams

import { Readable } from 'internal:stream_readable';
import { kIsDuplex, notImplemented } from 'internal:stream_state';
import { Writable } from 'internal:stream_writable';

export function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Readable.call(this, options);
  Writable.call(this, options);
  this.allowHalfOpen = options?.allowHalfOpen !== false;
  if (options?.readable === false) {
    Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
  }
  if (options?.writable === false) {
    Object.assign(this._writableState, {
      writable: false, ending: true, ended: true, finished: true,
    });
  }
}

Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
Duplex.prototype[kIsDuplex] = true;

// What Writable has and Readable has not.
for (const name of Reflect.ownKeys(Writable.prototype)) {
  if (name === 'constructor' || name === 'pipe' || name in Duplex.prototype) continue;
  const property = Object.getOwnPropertyDescriptor(Writable.prototype, name);
  Object.defineProperty(Duplex.prototype, name, property);
}

Duplex.prototype.destroy = Writable.prototype.destroy;

Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  get() {
    return Boolean(this._readableState?.destroyed && this._writableState?.destroyed);
  },
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
});

/** The callback of a write whose result found no room to be read. */
const kWaiting = Symbol('waiting');

export function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // A mark of 0 holds each write back until somebody reads, on this side alone.
  const given = options?.readableHighWaterMark === 0
    ? {
      ...options, highWaterMark: null, writableHighWaterMark: options.writableHighWaterMark || 0,
    }
    : options;
  Duplex.call(this, given);
  this._readableState.sync = false;
  this[kWaiting] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', prefinish);
}

Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  const done = (error, last) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (last !== undefined && last !== null) this.push(last);
    this.push(null);
    if (callback) callback();
  };
  if (typeof this._flush === 'function' && !this.destroyed) this._flush(done);
  else done();
}

/** A class with a `_final` of its own has its end flushed all the same. */
function prefinish() {
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function _transform() {
  throw notImplemented('_transform()');
};

Transform.prototype._write = function _write(chunk, encoding, callback) {
  const { _readableState: readable, _writableState: writable } = this;
  const before = readable.length;
  this._transform(chunk, encoding, (error, result) => {
    if (error) {
      callback(error);
      return;
    }
    if (result !== undefined && result !== null) this.push(result);
    if (writable.ended || before === readable.length || readable.length < readable.highWaterMark) {
      callback();
    } else {
      this[kWaiting] = callback;
    }
  });
};

Transform.prototype._read = function _read() {
  const callback = this[kWaiting];
  if (callback === null) return;
  this[kWaiting] = null;
  callback();
};

export function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}

Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);

PassThrough.prototype._transform = function _transform(chunk, encoding, callback) {
  callback(null, chunk);
};
