// krandog:nats: a client of NATS. Messages are bytes, subjects are parts with dots between them.
// Everything goes over one connection, in order. Spec: the client protocol of NATS, ADR-4.

import { EventEmitter } from 'events';
import { coded, outOfRange, wrongType } from 'internal:errors';
import {
  close, create, flush, publish, setReferenced, subscribe, unsubscribe, warn,
} from 'ops:krandog:nats';

const REQUEST_TIMEOUT = 5000;
const KEPT_MESSAGES = 10_000;
const NO_RESPONDERS = 503;

const decoder = new TextDecoder();

function fieldsOf(headers) {
  if (headers === undefined) return undefined;
  if (typeof headers !== 'object' || headers === null) {
    throw wrongType('options.headers', 'of type object', headers);
  }
  const pairs = typeof headers[Symbol.iterator] === 'function' ? [...headers] : Object.entries(headers);
  return pairs.flat().map(String);
}

function countOf(value, name) {
  if (value === undefined) return Infinity;
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!(value >= 1)) throw outOfRange(name, '>= 1', value);
  return value;
}

/** A message that has come. */
export class NatsMessage {
  #nats;

  constructor(nats, [subject, data, reply, status, description, fields]) {
    this.#nats = nats;
    this.subject = subject;
    this.data = data;
    this.reply = reply;
    this.status = status;
    this.description = description;
    this.headers = Object.create(null);
    for (let at = 0; at < fields.length; at += 2) this.headers[fields[at]] = fields[at + 1];
  }

  text() {
    return decoder.decode(this.data);
  }

  json() {
    return JSON.parse(decoder.decode(this.data));
  }

  // Answers whoever has asked. False if nobody waits for an answer.
  respond(data, options) {
    if (this.reply === undefined) return false;
    this.#nats.publish(this.reply, data, options);
    return true;
  }
}

// What the client does with a subscription: `hear(subscription, message)`, and `finish(subscription)`
// when nothing more will come.
let hear;
let finish;

/** Messages of a subject: for a function, or for a `for await` loop, whose end unsubscribes. */
export class NatsSubscription {
  #end;
  #left;
  #listener;
  #kept = [];
  #isTooMuch = false;
  #wake;
  #isOver = false;

  constructor(subject, listener, left, end) {
    this.subject = subject;
    this.#listener = listener;
    this.#left = left;
    this.#end = end;
  }

  get closed() {
    return this.#isOver;
  }

  static {
    hear = (subscription, message) => subscription.#hear(message);
    finish = (subscription) => {
      subscription.#isOver = true;
      subscription.#wake?.();
    };
  }

  #hear(message) {
    this.#left -= 1;
    if (this.#left === 0) this.unsubscribe();
    if (this.#listener) {
      this.#listener(message);
    } else if (this.#kept.length < KEPT_MESSAGES) {
      this.#kept.push(message);
    } else {
      this.#isTooMuch = true;
    }
    this.#wake?.();
  }

  unsubscribe() {
    if (this.#isOver) return;
    this.#end();
    finish(this);
  }

  [Symbol.dispose]() {
    this.unsubscribe();
  }

  async* [Symbol.asyncIterator]() {
    if (this.#listener) throw new TypeError(`a function hears the messages of '${this.subject}'`);
    try {
      for (;;) {
        if (this.#kept.length > 0) {
          yield this.#kept.shift();
        } else if (this.#isTooMuch) {
          throw coded(Error, 'ERR_NATS_MESSAGES_LOST',
            `more than ${KEPT_MESSAGES} messages of '${this.subject}' waited for the loop`);
        } else if (this.#isOver) {
          return;
        } else {
          await new Promise((resolve) => { this.#wake = resolve; });
        }
      }
    } finally {
      this.unsubscribe();
    }
  }
}

/** A client of NATS. */
export class Nats extends EventEmitter {
  #client;
  #state = 'connecting';
  #warned = false;
  #waiting = [];
  #closed = [];
  #subscriptions = new Map();
  // Where answers come to, once something was asked.
  #inbox;
  #asked = new Map();
  #requests = 0;

  constructor(url = process.env.NATS_URL ?? 'nats://localhost:4222', options = undefined) {
    super();
    this.#client = create(url, options, (event, ...facts) => this.#hear(event, facts));
  }

  get status() {
    return this.#state;
  }

  get connected() {
    return this.#state === 'ready';
  }

  // Resolves once there is a connection, or rejects with why there is none.
  connect() {
    if (this.#state === 'ready') return Promise.resolve(this);
    if (this.#state === 'end') {
      return Promise.reject(coded(Error, 'ERR_NATS_CLOSED', 'the client is closed'));
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  // Sends a message to whoever has subscribed. Nobody says whether it arrives: `flush` says that the
  // server has it.
  publish(subject, data, { reply, headers } = {}) {
    publish(this.#client, subject, data, reply, fieldsOf(headers));
  }

  // `subscribe(subject, listener)` or `subscribe(subject, { queue, max }, listener)`.
  subscribe(subject, options = undefined, listener = undefined) {
    if (typeof options === 'function') return this.subscribe(subject, undefined, options);
    const { queue, max } = options ?? {};
    if (listener !== undefined && typeof listener !== 'function') {
      throw wrongType('listener', 'of type function', listener);
    }
    const left = countOf(max, 'options.max');
    const number = subscribe(this.#client, subject, queue);
    const end = () => {
      this.#subscriptions.delete(number);
      unsubscribe(this.#client, number);
    };
    const subscription = new NatsSubscription(subject, listener, left, end);
    this.#subscriptions.set(number, subscription);
    return subscription;
  }

  // Sends a message and waits for the answer.
  async request(subject, data, { timeout = REQUEST_TIMEOUT, headers } = {}) {
    countOf(timeout, 'options.timeout');
    if (!this.#inbox) {
      this.#inbox = `_INBOX.${crypto.randomUUID().replaceAll('-', '')}`;
      this.subscribe(`${this.#inbox}.*`, (message) => {
        this.#asked.get(message.subject)?.resolve(message);
      });
    }
    this.#requests += 1;
    const reply = `${this.#inbox}.${this.#requests}`;
    const { promise, resolve, reject } = Promise.withResolvers();
    this.#asked.set(reply, { resolve, reject });
    const late = setTimeout(() => {
      const where = this.connected ? '' : ', and there is no connection';
      reject(coded(Error, 'ERR_NATS_TIMEOUT',
        `nobody has answered a request to '${subject}' in ${timeout} ms${where}`));
    }, timeout);
    try {
      this.publish(subject, data, { reply, headers });
      const message = await promise;
      if (message.status === NO_RESPONDERS) {
        throw coded(Error, 'ERR_NATS_NO_RESPONDERS', `nobody has subscribed to '${subject}'`);
      }
      return message;
    } finally {
      clearTimeout(late);
      this.#asked.delete(reply);
    }
  }

  // Resolves once the server has dealt with all that was sent before.
  flush() {
    return flush(this.#client);
  }

  // Ends subscriptions and, once all is sent, the connection.
  async drain() {
    for (const subscription of [...this.#subscriptions.values()]) subscription.unsubscribe();
    if (this.connected) await this.flush();
    await this.#close(false);
  }

  // Ends the connection at once.
  close() {
    return this.#close(true);
  }

  [Symbol.asyncDispose]() {
    return this.drain();
  }

  ref() {
    setReferenced(this.#client, true);
    return this;
  }

  unref() {
    setReferenced(this.#client, false);
    return this;
  }

  #close(atOnce) {
    if (this.#state === 'end') return Promise.resolve();
    close(this.#client, atOnce);
    return new Promise((resolve) => this.#closed.push(resolve));
  }

  #hear(event, facts) {
    if (event === 'message') {
      const [number, ...message] = facts;
      const subscription = this.#subscriptions.get(number);
      if (subscription) hear(subscription, new NatsMessage(this, message));
    } else if (event === 'ready') {
      this.#state = 'ready';
      this.#warned = false;
      for (const { resolve } of this.#waiting.splice(0)) resolve(this);
      this.emit('connect');
    } else if (event === 'refused') {
      this.#complain(facts[0], '');
    } else if (event === 'lost') {
      this.#hearLost(facts);
    } else {
      this.#hearEnd();
    }
  }

  #hearLost([error, wait]) {
    const wasReady = this.#state === 'ready';
    this.#state = 'reconnecting';
    const waiting = this.#waiting.splice(0);
    for (const { reject } of waiting) reject(error);
    if (wasReady) this.emit('close');
    if (waiting.length === 0) this.#complain(error, '; it is tried again');
    this.emit('reconnecting', wait);
  }

  #complain(error, after) {
    if (this.listenerCount('error') > 0) {
      this.emit('error', error);
    } else if (!this.#warned) {
      this.#warned = true;
      warn(`${error.message}${after} (no listener for 'error')`);
    }
  }

  #hearEnd() {
    this.#state = 'end';
    const closed = () => coded(Error, 'ERR_NATS_CLOSED', 'the client was closed');
    for (const { reject } of [...this.#waiting.splice(0), ...this.#asked.values()]) reject(closed());
    for (const subscription of this.#subscriptions.values()) finish(subscription);
    this.#subscriptions.clear();
    for (const resolve of this.#closed.splice(0)) resolve();
    this.emit('close');
    this.emit('end');
  }
}

/** A client that is connected. */
export async function connect(url, options) {
  const nats = new Nats(url, options);
  try {
    return await nats.connect();
  } catch (error) {
    nats.close();
    throw error;
  }
}

export default Nats;
