// ws.stream(): one message that is sent in parts, for messages larger than memory (RFC 6455 5.4).

import { coded } from 'internal:errors';
import { isUnderWay, readStream, sendPart } from 'ops:internal:websocket_parts';

const [CONTINUATION, TEXT] = [0, 1];
const INTERNAL_ERROR = 1011;

// The writer of each socket that began a message last.
const latest = new WeakMap();

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;

export class MessageWriter {
  #ws;
  #opcode;
  #type;
  // The first half of a character whose second half is in the next part.
  #half = '';
  #ended = false;
  // Why a part was not sent: those behind it would be another message.
  #fault;

  constructor(ws, options) {
    this.#ws = ws;
    this.#opcode = readStream(options);
    this.#type = this.#opcode === TEXT ? 'text' : 'binary';
  }

  get type() {
    return this.#type;
  }

  // Resolves once the part has been written, which is when to write the next.
  async write(chunk) {
    if (this.#ended) throw ended('write');
    await this.#send(this.#part(chunk), false, 'write');
  }

  async close() {
    if (this.#ended) throw ended('close');
    const sent = this.#send(this.#half, true, 'close');
    this.#ended = true;
    await sent;
  }

  // A message cannot be taken back, so the connection ends with it, unless nothing was written.
  abort(reason = 'a message was aborted') {
    const isBegun = this.#opcode === CONTINUATION && !this.#ended && this.#isLatest();
    this.#ended = true;
    if (isBegun && isUnderWay(this.#ws)) this.#ws.close({ code: INTERNAL_ERROR, reason: String(reason) });
  }

  // Throws when the part was not sent. What may be under way by now is not this message, where its
  // connection has gone and the socket has another one, or where sendFrame has ended it.
  #send(part, fin, method) {
    if (this.#fault) throw this.#fault;
    const begins = this.#opcode !== CONTINUATION;
    if (!begins && !this.#isLatest()) throw ended(method);
    const sent = this.#try(part, fin);
    if (begins) latest.set(this.#ws, this);
    this.#opcode = CONTINUATION;
    return sent;
  }

  #try(part, fin) {
    try {
      return sendPart(this.#ws, this.#opcode, part, fin);
    } catch (error) {
      if (error.code !== 'ERR_INVALID_ARG_TYPE') this.#fault = error;
      throw error;
    }
  }

  #isLatest() {
    return latest.get(this.#ws) === this;
  }

  #part(chunk) {
    if (typeof chunk !== 'string') return chunk;
    if (this.#type === 'binary') {
      const message = 'write: a message of type binary takes bytes, not a string: '
        + "open it with stream({ type: 'text' })";
      throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);
    }
    const text = this.#half + chunk;
    const cut = isHigh(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length;
    this.#half = text.slice(cut);
    return text.slice(0, cut);
  }
}

function ended(method) {
  return coded(Error, 'ERR_STREAM_WRITE_AFTER_END', `${method}: the message has ended`);
}

export function open(ws, options) {
  return new MessageWriter(ws, options);
}
