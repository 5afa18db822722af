// WebSocketStream and WebSocketError: an outgoing WebSocket as two streams, so that a slow reader or
// a slow peer is felt at the other end. https://github.com/ricea/websocketstream-explainer

import { missing, wrongType } from 'internal:errors';

// Messages that may wait for the reader before the peer is not read any more.
const AHEAD_MAX = 16;
// Bytes that may wait for the peer before a write waits for all of them.
const UNSENT_MAX = 65536;
const REASON_BYTES_MAX = 123;
const OPEN = 1;

const utf8 = new TextEncoder();

function checkedClose({ closeCode, reason } = {}) {
  const text = reason === undefined ? '' : String(reason).toWellFormed();
  if (utf8.encode(text).length > REASON_BYTES_MAX) {
    const message = `the reason of a close has at most ${REASON_BYTES_MAX} bytes of UTF-8`;
    throw new DOMException(message, 'SyntaxError');
  }
  if (closeCode === undefined) return { closeCode: text === '' ? null : 1000, reason: text };
  const code = Number(closeCode);
  if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999)) {
    const message = `closeCode must be 1000, or from 3000 to 4999, not ${closeCode}`;
    throw new DOMException(message, 'InvalidAccessError');
  }
  return { closeCode: code, reason: text };
}

// What the runtime knows of a close, which may have codes that a script may not choose.
let known;

export class WebSocketError extends DOMException {
  #closeCode;
  #reason;

  constructor(message = '', init = {}) {
    super(message, 'WebSocketError');
    const { closeCode, reason } = known ?? checkedClose(init ?? {});
    this.#closeCode = closeCode;
    this.#reason = reason;
  }

  get closeCode() {
    return this.#closeCode;
  }

  get reason() {
    return this.#reason;
  }
}

function failure(message, closeCode, reason) {
  known = { closeCode, reason };
  try {
    return new WebSocketError(message);
  } finally {
    known = undefined;
  }
}

export class WebSocketStream {
  #ws;
  #opened = Promise.withResolvers();
  #closed = Promise.withResolvers();
  #hasOpened = false;
  // What `error` has said.
  #fault = '';
  // Why the signal was aborted before the socket was open.
  #aborted;
  #readable;
  #writable;
  #isReadableOver = false;

  constructor(url, options = {}) {
    if (arguments.length === 0) throw missing('url');
    if (options === null || typeof options !== 'object') {
      throw wrongType('options', 'of type object', options);
    }
    const { signal, ...rest } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw wrongType('options.signal', 'an instance of AbortSignal', signal);
    }
    this.#ws = new WebSocket(url, signal?.aborted ? { ...rest, signal } : rest);
    this.#ws.binaryType = 'uint8array';
    for (const { promise } of [this.#opened, this.#closed]) promise.catch(() => {});
    this.#listen(signal);
  }

  get url() {
    return this.#ws.url;
  }

  get opened() {
    return this.#opened.promise;
  }

  get closed() {
    return this.#closed.promise;
  }

  close(info = {}) {
    const { closeCode, reason } = checkedClose(info ?? {});
    this.#close(closeCode, reason);
  }

  #listen(signal) {
    const ws = this.#ws;
    const abort = () => {
      this.#aborted = { reason: signal.reason };
      ws.close();
    };
    if (signal?.aborted) this.#aborted = { reason: signal.reason };
    signal?.addEventListener('abort', abort);
    ws.addEventListener('open', () => {
      signal?.removeEventListener('abort', abort);
      this.#open();
    });
    ws.addEventListener('message', ({ data }) => this.#take(data));
    ws.addEventListener('error', ({ message }) => {
      this.#fault ||= message;
    });
    ws.addEventListener('close', (event) => {
      signal?.removeEventListener('abort', abort);
      this.#end(event);
    });
  }

  #open() {
    this.#hasOpened = true;
    const readable = new ReadableStream({
      start: (controller) => {
        this.#readable = controller;
      },
      pull: () => this.#ws.resume(),
      cancel: (reason) => {
        this.#isReadableOver = true;
        this.#closeFor(reason);
      },
    }, { highWaterMark: AHEAD_MAX });
    const writable = new WritableStream({
      start: (controller) => {
        this.#writable = controller;
      },
      write: (chunk) => this.#write(chunk),
      close: async () => {
        this.#close(null, '');
        await this.#closed.promise;
      },
      abort: (reason) => this.#closeFor(reason),
    });
    const { extensions, protocol } = this.#ws;
    this.#opened.resolve({ readable, writable, extensions, protocol });
  }

  #take(data) {
    if (this.#isReadableOver) return;
    this.#readable.enqueue(data);
    if (this.#readable.desiredSize <= 0) this.#ws.pause();
  }

  async #write(chunk) {
    const ws = this.#ws;
    const isBytes = ArrayBuffer.isView(chunk) || chunk instanceof ArrayBuffer;
    const data = isBytes ? chunk : String(chunk);
    // A write to a socket that is closing waits to hear how that ends.
    if (ws.readyState === OPEN) ws.send(data);
    else await this.#closed.promise;
    if (ws.bufferedAmount > UNSENT_MAX) {
      try {
        await ws.drained();
      } catch {
        await this.#closed.promise;
      }
    }
  }

  #close(code, reason) {
    if (code === null) this.#ws.close();
    else this.#ws.close(code, reason);
  }

  // Closes with what an error of this kind says.
  #closeFor(reason) {
    if (reason instanceof WebSocketError) this.#close(reason.closeCode, reason.reason);
    else this.#close(null, '');
  }

  #end({ code, reason, wasClean }) {
    if (!this.#hasOpened) {
      const error = this.#aborted
        ? this.#aborted.reason
        : failure(this.#fault || 'the WebSocket was closed before it was open', code, reason);
      this.#opened.reject(error);
      this.#closed.reject(error);
      return;
    }
    const error = wasClean
      ? new DOMException('the WebSocketStream is closed', 'InvalidStateError')
      : failure(this.#fault || 'the WebSocket was closed without a closing handshake', code, reason);
    if (wasClean) {
      if (!this.#isReadableOver) this.#readable.close();
      this.#closed.resolve({ closeCode: code, reason });
    } else {
      if (!this.#isReadableOver) this.#readable.error(error);
      this.#closed.reject(error);
    }
    this.#isReadableOver = true;
    this.#writable.error(error);
  }
}

for (const [prototype, names] of [
  [WebSocketError.prototype, ['closeCode', 'reason']],
  [WebSocketStream.prototype, ['url', 'opened', 'closed', 'close']],
]) {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
}
for (const Class of [WebSocketError, WebSocketStream]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    value: Class.name, configurable: true,
  });
}
