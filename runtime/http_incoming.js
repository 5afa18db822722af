// The response that http.request brings: an emitter, and its chunks one after the other.
// Names: https://nodejs.org/api/http.html#class-httpincomingmessage

import { EventEmitter } from 'events';
import { nextTick } from 'ops:process';

// Bytes that wait here before the server is held back.
const WAITING_BYTES = 64 * 1024;

// Of these only the first counts, as in Node.
const ONCE = [
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
];

function joined(raw) {
  const headers = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase();
    const known = headers[name];
    if (name === 'set-cookie') (headers[name] ??= []).push(raw[at + 1]);
    else if (known === undefined) headers[name] = raw[at + 1];
    else if (!ONCE.includes(name)) headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${raw[at + 1]}`;
  }
  return headers;
}

export class IncomingMessage extends EventEmitter {
  #chunks = [];
  #waiting = 0;
  // null until somebody says whether chunks are to come by themselves.
  #flowing = null;
  #decoder = null;
  #ended = false;
  #error = null;
  #over = false;
  #held = false;
  #hold;
  #scheduled = false;
  #waiter = null;
  #headers = null;

  complete = false;
  aborted = false;
  destroyed = false;
  readableEnded = false;

  constructor(req, [statusCode, statusMessage, rawHeaders, httpVersion], hold) {
    super();
    this.req = req;
    this.statusCode = statusCode;
    this.statusMessage = statusMessage;
    this.rawHeaders = rawHeaders;
    this.httpVersion = httpVersion;
    this.#hold = hold;
  }

  get headers() {
    this.#headers ??= joined(this.rawHeaders);
    return this.#headers;
  }

  get readable() {
    return !this.#over && !this.destroyed;
  }

  get readableFlowing() {
    return this.#flowing;
  }

  setEncoding(encoding) {
    this.#decoder = new TextDecoder(encoding);
    return this;
  }

  on(name, listener) {
    super.on(name, listener);
    if (name === 'data' && this.#flowing !== false) this.resume();
    return this;
  }

  addListener(name, listener) {
    return this.on(name, listener);
  }

  resume() {
    this.#flowing = true;
    this.#soon();
    return this;
  }

  pause() {
    this.#flowing = false;
    return this;
  }

  isPaused() {
    return this.#flowing === false;
  }

  // The next chunk, or null at the end. True: the server is to be held back.
  push(chunk) {
    if (chunk === null) {
      this.#ended = true;
      this.complete = true;
    } else {
      this.#chunks.push(chunk);
      this.#waiting += chunk.length;
    }
    this.#flow();
    this.#held = !this.#ended && this.#waiting > WAITING_BYTES;
    return this.#held;
  }

  fail(error) {
    if (this.#over || this.#ended) return;
    this.#error = error;
    this.aborted = true;
    this.emit('aborted');
    this.#flow();
  }

  #soon() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    nextTick(() => {
      this.#scheduled = false;
      this.#flow();
    });
  }

  #take() {
    const chunk = this.#chunks.shift();
    this.#waiting -= chunk.length;
    if (this.#held && this.#waiting <= WAITING_BYTES / 2) {
      this.#held = false;
      this.#hold(false);
    }
    return this.#decoder ? this.#decoder.decode(chunk, { stream: true }) : chunk;
  }

  #flow() {
    this.#waiter?.();
    while (this.#flowing && this.#chunks.length > 0) {
      const chunk = this.#take();
      if (chunk.length > 0) this.emit('data', chunk);
    }
    if (this.#chunks.length > 0 || this.#over) return;
    if (this.#error && (this.#flowing || !this.#waiter)) this.#close(this.#error);
    else if (this.#ended && this.#flowing) this.#finish();
  }

  #finish() {
    const rest = this.#decoder?.decode();
    if (rest) this.emit('data', rest);
    this.readableEnded = true;
    this.emit('end');
    this.#close();
  }

  #close(error) {
    if (this.#over) return;
    this.#over = true;
    this.destroyed = true;
    if (error && this.listenerCount('error') > 0) this.emit('error', error);
    nextTick(() => this.emit('close'));
  }

  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#chunks = [];
    this.req.destroy(error);
    return this;
  }

  setTimeout(milliseconds, callback) {
    this.req.setTimeout(milliseconds, callback);
    return this;
  }

  // To whatever has write and end, as fast as it takes it.
  pipe(target) {
    this.on('data', (chunk) => {
      if (target.write(chunk) === false) {
        this.pause();
        target.once('drain', () => this.resume());
      }
    });
    this.on('end', () => target.end());
    return target;
  }

  async* [Symbol.asyncIterator]() {
    try {
      for (;;) {
        while (this.#chunks.length > 0) {
          const chunk = this.#take();
          if (chunk.length > 0) yield chunk;
        }
        if (this.#error) throw this.#error;
        if (this.#ended) break;
        await new Promise((resolve) => { this.#waiter = resolve; });
      }
      this.#waiter = null;
      const rest = this.#decoder?.decode();
      if (rest) yield rest;
      this.#over = true;
      this.readableEnded = true;
      this.emit('end');
      nextTick(() => this.emit('close'));
    } finally {
      if (!this.#over) this.destroy();
    }
  }
}
