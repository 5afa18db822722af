// The channel between a program and its child: one line of JSON for each message, as Node.js has it.
// https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback

import { Buffer } from 'buffer';
import EventEmitter from 'events';
import { checkFunction, checkObject, coded, missing, wrongType } from 'internal:errors';
import { StringDecoder } from 'string_decoder';
import * as native from 'ops:internal:child_process_pipes';
import { nextTick } from 'ops:process';

const BACKLOG_MAX = 128 * 1024;
const HEARD = ['message', 'disconnect'];

class Channel extends EventEmitter {
  #pipe;
  #target;
  #closed;
  #decoder = new StringDecoder('utf8');
  #line = '';
  // Messages that wait for the one before them: `{ bytes, callback }`.
  #queue = [];
  #waiting = 0;
  #ends = false;

  constructor(pipe, target, closed) {
    super();
    this.#pipe = pipe;
    this.#target = target;
    this.#closed = closed;
    native.open(pipe, (chunk, error) => this.#receive(chunk, error), (error) => this.#written(error));
    native.read(pipe);
  }

  ref() {
    if (this.#pipe !== null) native.refer(this.#pipe, true);
  }

  unref() {
    if (this.#pipe !== null) native.refer(this.#pipe, false);
  }

  send(text, callback) {
    const bytes = Buffer.from(text);
    this.#queue.push({ bytes, callback });
    this.#waiting += bytes.length;
    if (this.#queue.length === 1) this.#write();
    return this.#waiting < BACKLOG_MAX;
  }

  end() {
    this.#ends = true;
    if (this.#queue.length === 0) this.close();
  }

  close() {
    if (this.#pipe === null) return;
    native.close(this.#pipe);
    this.#pipe = null;
    this.#target.connected = false;
    this.#target.channel = null;
    nextTick(() => {
      this.#target.emit('disconnect');
      this.#closed();
    });
  }

  #write() {
    try {
      if (!native.write(this.#pipe, this.#queue[0].bytes)) return;
    } catch (error) {
      this.#written(error);
      return;
    }
    this.#written();
  }

  #written(error) {
    const { bytes, callback } = this.#queue.shift();
    this.#waiting -= bytes.length;
    if (callback !== undefined) nextTick(callback, error ?? null);
    else if (error !== undefined) nextTick(() => this.#target.emit('error', error));
    if (this.#queue.length > 0) this.#write();
    else if (this.#ends) this.close();
  }

  #receive(chunk, error) {
    if (chunk === null || error !== undefined) {
      this.close();
      return;
    }
    const lines = (this.#line + this.#decoder.write(Buffer.from(chunk))).split('\n');
    this.#line = lines.pop();
    if (this.#line.length > native.messageBytesMax()) {
      this.close();
      return;
    }
    for (const line of lines) this.#deliver(JSON.parse(line));
    if (this.#pipe !== null) native.read(this.#pipe);
  }

  #deliver(message) {
    // Messages of Node.js itself, such as those that announce a handle.
    const isInternal = typeof message?.cmd === 'string' && message.cmd.startsWith('NODE_');
    if (isInternal) this.#target.emit('internalMessage', message, undefined);
    else nextTick(() => this.#target.emit('message', message, undefined));
  }
}

function fail(target, error, callback) {
  if (callback !== undefined) nextTick(callback, error);
  else nextTick(() => target.emit('error', error));
  return false;
}

function send(channel, target, [message, handle, options, callback]) {
  if (typeof handle === 'function') [handle, options, callback] = [undefined, undefined, handle];
  else if (typeof options === 'function') [options, callback] = [undefined, options];
  else if (options !== undefined) checkObject(options, 'options');
  if (callback !== undefined && callback !== null) checkFunction(callback, 'callback');
  if (!target.connected) {
    const error = coded(Error, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed');
    return fail(target, error, callback);
  }
  if (message === undefined) throw missing('message');
  if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
    throw wrongType('message', 'one of type string, object, number, or boolean', message);
  }
  if (handle !== undefined && handle !== null) {
    const text = 'a channel of krandog carries messages, and no sockets or servers';
    throw coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', text);
  }
  return channel.send(`${JSON.stringify(message)}\n`, callback ?? undefined);
}

/** Gives an object `send`, `disconnect`, `connected`, `channel`, and its events. */
export function openChannel(target, pipe, closed) {
  const channel = new Channel(pipe, target, closed);
  target.connected = true;
  target.channel = channel;
  target.send = (...values) => send(channel, target, values);
  target.disconnect = () => {
    if (!target.connected) {
      const message = 'IPC channel is already disconnected';
      target.emit('error', coded(Error, 'ERR_IPC_DISCONNECTED', message));
      return;
    }
    target.connected = false;
    channel.end();
  };
  return channel;
}

/** The other side of it, in a process that was started with one. */
export function openParent(fd, process) {
  const channel = openChannel(process, native.inherited(fd), () => {});
  // It keeps the process alive while somebody listens.
  const count = () => {
    const heard = HEARD.some((name) => process.listenerCount(name) > 0);
    if (heard) channel.ref();
    else channel.unref();
  };
  process.on('newListener', (name) => {
    if (HEARD.includes(name)) channel.ref();
  });
  process.on('removeListener', (name) => {
    if (HEARD.includes(name)) count();
  });
  channel.unref();
}
