// krandog:frame: WebSocket frames for proxies, tests and teaching (RFC 6455 5). The codec is native,
// the one that krandog itself speaks with.

import { coded } from 'internal:errors';
import * as native from 'ops:krandog:frame';

export const { acceptKey } = native;

export const OPCODE = Object.freeze({
  CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10,
});

export const CLOSE_CODE = Object.freeze({
  NORMAL: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  UNSUPPORTED: 1003,
  NO_STATUS: 1005,
  ABNORMAL: 1006,
  INVALID_DATA: 1007,
  POLICY_VIOLATION: 1008,
  MESSAGE_TOO_BIG: 1009,
  EXTENSION_REQUIRED: 1010,
  INTERNAL_ERROR: 1011,
  SERVICE_RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  BAD_GATEWAY: 1014,
  TLS_HANDSHAKE: 1015,
});

export const LIMITS = Object.freeze(native.limits());

const NAMES = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };
const [FIN, RSV1, RSV2, RSV3] = [0x80, 0x40, 0x20, 0x10];
const FIELDS = ['opcode', 'payload', 'fin', 'rsv1', 'rsv2', 'rsv3', 'maskKey'];

let decoder;
const textOf = (bytes) => (decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(bytes);

function known(options, names, callee) {
  if (options === null || typeof options !== 'object') {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `${callee} takes an object, not ${String(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const message = `unknown option ${name} of ${callee} (known: ${names.join(', ')})`;
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
  }
}

/** One frame. Its payload is never masked; `maskKey` says how it was, or is to be. */
export class Frame {
  constructor(fields) {
    known(fields, FIELDS, 'Frame');
    const { opcode, payload = '', maskKey = null } = fields;
    if (!Number.isInteger(opcode) || opcode < 0 || opcode > 15) {
      const message = `Frame: the opcode must be a whole number from 0 to 15, not ${String(opcode)}`;
      throw coded(RangeError, 'ERR_OUT_OF_RANGE', message);
    }
    this.opcode = opcode;
    this.fin = fields.fin ?? true;
    this.rsv1 = fields.rsv1 ?? false;
    this.rsv2 = fields.rsv2 ?? false;
    this.rsv3 = fields.rsv3 ?? false;
    this.maskKey = maskKey;
    this.payload = native.toBytes(payload);
  }

  static text(text = '', { fin = true } = {}) {
    return new Frame({ opcode: OPCODE.TEXT, payload: text, fin });
  }

  static binary(data = '', { fin = true } = {}) {
    return new Frame({ opcode: OPCODE.BINARY, payload: data, fin });
  }

  static continuation(data = '', { fin = true } = {}) {
    return new Frame({ opcode: OPCODE.CONTINUATION, payload: data, fin });
  }

  static ping(data = '') {
    return new Frame({ opcode: OPCODE.PING, payload: data });
  }

  static pong(data = '') {
    return new Frame({ opcode: OPCODE.PONG, payload: data });
  }

  // Without a code, the frame has no payload. Any code can be given, also one that breaks the rules.
  static close(code, reason = '') {
    if (code === undefined) return new Frame({ opcode: OPCODE.CLOSE });
    if (!Number.isInteger(code) || code < 0 || code > 0xffff) {
      const message = `Frame.close: the code must be a whole number from 0 to 65535, not ${String(code)}`;
      throw coded(RangeError, 'ERR_OUT_OF_RANGE', message);
    }
    const text = native.toBytes(String(reason));
    const payload = new Uint8Array(2 + text.length);
    payload.set([code >> 8, code & 0xff]);
    payload.set(text, 2);
    return new Frame({ opcode: OPCODE.CLOSE, payload });
  }

  get isContinuation() {
    return this.opcode === OPCODE.CONTINUATION;
  }

  get isText() {
    return this.opcode === OPCODE.TEXT;
  }

  get isBinary() {
    return this.opcode === OPCODE.BINARY;
  }

  get isClose() {
    return this.opcode === OPCODE.CLOSE;
  }

  get isPing() {
    return this.opcode === OPCODE.PING;
  }

  get isPong() {
    return this.opcode === OPCODE.PONG;
  }

  get isControl() {
    return this.opcode >= 8;
  }

  get isData() {
    return this.opcode < 8;
  }

  get masked() {
    return this.maskKey !== null;
  }

  // 'text', 'close' and so on; 'reserved' for an opcode that means nothing.
  get name() {
    return NAMES[this.opcode] ?? 'reserved';
  }

  // Bytes that are no UTF-8 are U+FFFD.
  get payloadText() {
    return textOf(this.payload);
  }

  get closeCode() {
    if (!this.isClose || this.payload.length < 2) return CLOSE_CODE.NO_STATUS;
    return this.payload[0] * 256 + this.payload[1];
  }

  get closeReason() {
    return this.isClose ? textOf(this.payload.subarray(2)) : '';
  }

  // `mask` is true for a random key, false for none, or four bytes; left out, it is `maskKey`.
  encode(options = {}) {
    known(options, ['mask'], 'encode');
    const first = this.opcode
      + (this.fin ? FIN : 0) + (this.rsv1 ? RSV1 : 0) + (this.rsv2 ? RSV2 : 0) + (this.rsv3 ? RSV3 : 0);
    return native.encode(first, this.payload, options.mask ?? this.maskKey ?? false);
  }
}

function frameOf([first, maskKey, payload]) {
  const frame = Object.create(Frame.prototype);
  frame.opcode = first & 15;
  frame.fin = (first & FIN) !== 0;
  frame.rsv1 = (first & RSV1) !== 0;
  frame.rsv2 = (first & RSV2) !== 0;
  frame.rsv3 = (first & RSV3) !== 0;
  frame.maskKey = maskKey;
  frame.payload = payload;
  return frame;
}

/** Frames out of bytes that come in pieces. */
export class FrameDecoder {
  #decoder;

  constructor(options) {
    this.#decoder = native.createDecoder(options);
  }

  // The frames that are whole with these bytes. A fault is thrown, with the close code that it earns
  // and the frames before it; after that, every call throws.
  push(bytes) {
    const decoded = native.decode(this.#decoder, bytes);
    if (typeof decoded.at(-1) !== 'string') return decoded.map(frameOf);
    const [closeCode, message] = decoded.splice(-2);
    const error = coded(Error, 'ERR_WEBSOCKET_FRAME', message);
    error.closeCode = closeCode;
    error.frames = decoded.map(frameOf);
    throw error;
  }
}

/** Bytes out of frames, in an order that a peer takes: what RFC 6455 forbids is refused. */
export class FrameEncoder {
  #mask;
  #begun = false;
  #closed = false;

  constructor(options) {
    this.#mask = native.readEncoder(options);
  }

  encode(frame) {
    if (!(frame instanceof Frame)) {
      throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'encode takes a Frame');
    }
    const fault = this.#fault(frame);
    if (fault !== undefined) throw coded(Error, 'ERR_WEBSOCKET_FRAME', `encode: ${fault}`);
    if (frame.isData) this.#begun = !frame.fin;
    this.#closed = frame.isClose;
    return frame.encode({ mask: this.#mask });
  }

  #fault({ opcode, fin, name, isControl, isText, isContinuation, payload, rsv1, rsv2, rsv3 }) {
    if (this.#closed) return 'nothing follows a Close frame';
    if (name === 'reserved') return `the opcode ${opcode} is reserved`;
    if (rsv2 || rsv3) return 'no extension gives rsv2 and rsv3 a meaning';
    if (isControl && !fin) return 'a control frame is not fragmented';
    if (isControl && payload.length > LIMITS.CONTROL_PAYLOAD_MAX) {
      return `a control frame has at most ${LIMITS.CONTROL_PAYLOAD_MAX} bytes, not ${payload.length}`;
    }
    if (isControl) return undefined;
    if (isContinuation && !this.#begun) return 'there is no message to continue';
    if (!isContinuation && this.#begun) return 'the message before has not ended';
    if (isText && fin && !rsv1 && !native.isUtf8(payload)) return 'the text is not UTF-8';
    return undefined;
  }
}

// Objects of names and values, or lists of pairs, such as a Map.
function fieldsOf(headers) {
  const pairs = typeof headers?.[Symbol.iterator] === 'function' ? headers : Object.entries(headers ?? {});
  const flat = [];
  for (const [name, values] of pairs) {
    for (const value of [values].flat()) flat.push(name, value);
  }
  return flat;
}

function checked({ method = 'GET', httpVersion = '1.1', headers }) {
  return native.checkRequest(method, Number(String(httpVersion).split('.')[1] ?? 1), fieldsOf(headers));
}

/** Whether a request asks for a WebSocket, well-formed or not. */
export function isUpgradeRequest(req) {
  return checked(req) !== null;
}

/** What an opening handshake asks for, or how to refuse it (RFC 6455 4.2.1). */
export function validateRequest(req) {
  const [first, second, name, value] = checked(req)
    ?? [426, 'the Upgrade header does not name websocket', 'Upgrade', 'websocket'];
  if (typeof first === 'string') {
    return { ok: true, key: first, accept: acceptKey(first), protocols: second };
  }
  return { ok: false, status: first, message: second, headers: name ? { [name]: value } : {} };
}

/** A server that sends every message back. */
export async function runEcho(port = 0, options = {}) {
  const { default: http } = await import('http');
  const websocket = {
    ...options.websocket,
    message(ws, data) {
      ws.send(data);
    },
  };
  const server = http.createServer({ ...options, websocket });
  const { promise, resolve, reject } = Promise.withResolvers();
  server.once('error', reject);
  server.listen(port, () => {
    server.off('error', reject);
    resolve(server);
  });
  return promise;
}

export default {
  OPCODE, CLOSE_CODE, LIMITS, Frame, FrameDecoder, FrameEncoder,
  acceptKey, isUpgradeRequest, validateRequest, runEcho,
};
