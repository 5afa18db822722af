// krandog:redis: a client of Redis and Valkey. Methods are called as in ioredis and in Bun: a command
// is a method, and what it takes follows. Everything goes over one connection, in order.

import { EventEmitter } from 'events';
import { coded, wrongType } from 'internal:errors';
import { COMMANDS } from 'internal:redis_commands';
import { close, create, send, setReferenced, warn } from 'ops:krandog:redis';

const KEPT_MESSAGES = 10_000;

const decoder = new TextDecoder();

// What a method was given, flat: lists, and fields with their values.
function flatten(given, into) {
  for (const value of given) {
    if (Array.isArray(value)) {
      flatten(value, into);
    } else if (value instanceof Map) {
      flatten([...value].flat(), into);
    } else if (value instanceof Set) {
      flatten([...value], into);
    } else if (typeof value === 'object' && value !== null
      && Object.getPrototypeOf(value) === Object.prototype) {
      flatten(Object.entries(value).flat(), into);
    } else {
      into.push(value);
    }
  }
  return into;
}

function wordsOf(command, given) {
  if (typeof command !== 'string' || command === '') {
    throw wrongType('command', 'the name of a command', command);
  }
  return flatten(given, [command]);
}

// The last of what `subscribe` was given may hear the messages.
function withListener(channels) {
  const listener = channels.at(-1);
  return typeof listener === 'function' ? [channels.slice(0, -1), listener] : [channels];
}

/** A client of Redis. */
export class Redis extends EventEmitter {
  #client;
  #url;
  #options;
  #state = 'connecting';
  #warned = false;
  #waiting = [];
  #closed = [];
  // By channel or pattern: functions that hear its messages.
  #listeners = new Map();

  constructor(url = process.env.REDIS_URL ?? 'redis://localhost:6379', options = undefined) {
    super();
    this.#url = url;
    this.#options = options;
    this.#client = create(url, options, (event, ...facts) => this.#hear(event, facts));
  }

  get status() {
    return this.#state;
  }

  get connected() {
    return this.#state === 'ready';
  }

  // Resolves once commands are taken, or rejects with why they are not.
  connect() {
    if (this.#state === 'ready') return Promise.resolve(this);
    if (this.#state === 'end') {
      return Promise.reject(coded(Error, 'ERR_REDIS_CLOSED', 'the client is closed'));
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  // Any command: `send('SET', ['key', 'value'])`, or its words one by one.
  send(command, ...given) {
    return send(this.#client, wordsOf(command, given), false);
  }

  call(command, ...given) {
    return send(this.#client, wordsOf(command, given), false);
  }

  // The same, with strings as bytes.
  sendBuffer(command, ...given) {
    return send(this.#client, wordsOf(command, given), true);
  }

  callBuffer(command, ...given) {
    return send(this.#client, wordsOf(command, given), true);
  }

  // Commands that are sent together.
  pipeline(commands) {
    return new Pipeline((words, bytes) => send(this.#client, words, bytes), false, commands);
  }

  // Commands that are done together, or not at all.
  multi(commands) {
    return new Pipeline((words, bytes) => send(this.#client, words, bytes), true, commands);
  }

  subscribe(...channels) {
    return this.#subscribe('SUBSCRIBE', channels);
  }

  psubscribe(...patterns) {
    return this.#subscribe('PSUBSCRIBE', patterns);
  }

  ssubscribe(...channels) {
    return this.#subscribe('SSUBSCRIBE', channels);
  }

  unsubscribe(...channels) {
    return this.#unsubscribe('UNSUBSCRIBE', channels);
  }

  punsubscribe(...patterns) {
    return this.#unsubscribe('PUNSUBSCRIBE', patterns);
  }

  sunsubscribe(...channels) {
    return this.#unsubscribe('SUNSUBSCRIBE', channels);
  }

  // The messages of channels as they come, for a `for await` loop, whose end unsubscribes.
  async* messages(...channels) {
    const kept = [];
    let wake;
    const hear = (message, channel) => {
      if (kept.length < KEPT_MESSAGES) kept.push({ channel, message });
      else kept.overflow = true;
      wake?.();
    };
    await this.subscribe(...channels, hear);
    const ended = () => wake?.();
    this.once('end', ended);
    try {
      while (true) {
        if (kept.length > 0) {
          yield kept.shift();
        } else if (kept.overflow) {
          throw coded(Error, 'ERR_REDIS_MESSAGES_LOST',
            `more than ${KEPT_MESSAGES} messages waited for the loop`);
        } else if (this.#state === 'end') {
          return;
        } else {
          await new Promise((resolve) => { wake = resolve; });
        }
      }
    } finally {
      this.off('end', ended);
      if (this.#state !== 'end') {
        this.#forget(channels.flat(), hear);
        const unheard = channels.flat().filter((channel) => !this.#listeners.has(channel));
        if (unheard.length > 0) await this.unsubscribe(...unheard);
      }
    }
  }

  duplicate(options) {
    return new Redis(this.#url, options ?? this.#options);
  }

  // Ends the connection once all commands that were given are answered.
  quit() {
    return this.#close(false);
  }

  // Ends it at once: commands without a reply fail.
  close() {
    return this.#close(true);
  }

  disconnect() {
    this.#close(true);
  }

  [Symbol.asyncDispose]() {
    return this.#close(false);
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
    if (this.#state === 'end') return Promise.resolve('OK');
    close(this.#client, atOnce);
    return new Promise((resolve) => this.#closed.push(resolve));
  }

  async #subscribe(command, channels) {
    const [names, listener] = withListener(channels.flat());
    if (listener) {
      for (const name of names) {
        const known = this.#listeners.get(name) ?? new Set();
        known.add(listener);
        this.#listeners.set(name, known);
      }
    }
    try {
      return await send(this.#client, wordsOf(command, names), false);
    } catch (error) {
      if (listener) this.#forget(names, listener);
      throw error;
    }
  }

  async #unsubscribe(command, channels) {
    const [names, listener] = withListener(channels.flat());
    if (names.length === 0) this.#listeners.clear();
    for (const name of names) {
      if (listener) this.#forget([name], listener);
      else this.#listeners.delete(name);
    }
    const unheard = names.filter((name) => !this.#listeners.has(name));
    if (listener && unheard.length === 0) return this.#listeners.size;
    return send(this.#client, wordsOf(command, unheard), false);
  }

  #forget(names, listener) {
    for (const name of names) {
      const known = this.#listeners.get(name);
      known?.delete(listener);
      if (known?.size === 0) this.#listeners.delete(name);
    }
  }

  #hear(event, facts) {
    if (event === 'push') {
      this.#hearPush(facts);
    } else if (event === 'ready') {
      this.#state = 'ready';
      this.#warned = false;
      for (const { resolve } of this.#waiting.splice(0)) resolve(this);
      this.emit('connect');
      this.emit('ready');
    } else if (event === 'lost') {
      this.#hearLost(facts);
    } else {
      this.#state = 'end';
      for (const { reject } of this.#waiting.splice(0)) {
        reject(coded(Error, 'ERR_REDIS_CLOSED', 'the client was closed'));
      }
      for (const resolve of this.#closed.splice(0)) resolve('OK');
      this.emit('close');
      this.emit('end');
    }
  }

  #hearLost([error, wait]) {
    const wasReady = this.#state === 'ready';
    this.#state = 'reconnecting';
    const waiting = this.#waiting.splice(0);
    for (const { reject } of waiting) reject(error);
    if (wasReady) this.emit('close');
    if (this.listenerCount('error') > 0) {
      this.emit('error', error);
    } else if (!this.#warned && waiting.length === 0) {
      this.#warned = true;
      warn(`${error.message}; it is tried again (no listener for 'error')`);
    }
    this.emit('reconnecting', wait);
  }

  #hearPush([kind, ...facts]) {
    const [name, channel, bytes] = kind === 'pmessage' ? facts : [facts[0], ...facts];
    const parts = [name, channel, bytes];
    const isMessage = kind === 'message' || kind === 'pmessage' || kind === 'smessage';
    // Who knows what it is if it has no texts in it.
    if (!isMessage || !parts.every((part) => ArrayBuffer.isView(part))) {
      return this.emit('push', kind, ...facts);
    }
    const [of, from, message] = parts.map((part) => decoder.decode(part));
    const told = kind === 'pmessage' ? [of, from] : [from];
    this.emit(kind, ...told, message);
    if (this.listenerCount(`${kind}Buffer`) > 0) this.emit(`${kind}Buffer`, ...told, bytes);
    for (const listener of [...this.#listeners.get(of) ?? []]) listener(message, from);
  }
}

/** Commands that are sent together by `exec`. */
class Pipeline {
  #send;
  #isTransaction;
  #words = [];

  constructor(sendWords, isTransaction, commands = []) {
    this.#send = sendWords;
    this.#isTransaction = isTransaction;
    for (const [command, ...given] of commands) this.call(command, ...given);
  }

  get length() {
    return this.#words.length;
  }

  call(command, ...given) {
    this.#words.push([wordsOf(command, given), false]);
    return this;
  }

  callBuffer(command, ...given) {
    this.#words.push([wordsOf(command, given), true]);
    return this;
  }

  discard() {
    this.#words = [];
    return this;
  }

  // `[error, reply]` for each command, in their order. A transaction that was not done because of
  // WATCH is `null`; one that was refused is an exception.
  async exec() {
    const all = this.#words.splice(0);
    const settled = (promises) => Promise.allSettled(promises).then((results) => (
      results.map(({ reason, value }) => (reason ? [reason, undefined] : [null, value]))
    ));
    if (!this.#isTransaction) {
      return settled(all.map(([words, bytes]) => this.#send(words, bytes)));
    }
    const bytes = all.some(([, wants]) => wants);
    const queued = [['MULTI'], ...all.map(([words]) => words)].map((words) => (
      this.#send(words, false)
    ));
    const done = this.#send(['EXEC'], bytes);
    const refused = (await settled(queued)).find(([error]) => error);
    let replies;
    try {
      replies = await done;
    } catch (error) {
      if (refused) [error.cause] = refused;
      throw error;
    }
    return replies && replies.map((reply) => (
      reply instanceof Error ? [reply, undefined] : [null, reply]
    ));
  }
}

for (const name of COMMANDS) {
  const define = (target, key, value) => {
    if (key in target) return;
    Object.defineProperty(target, key, { value, writable: true, configurable: true });
  };
  define(Redis.prototype, name, function command(...given) {
    return this.call(name, ...given);
  });
  define(Redis.prototype, `${name}Buffer`, function command(...given) {
    return this.callBuffer(name, ...given);
  });
  define(Pipeline.prototype, name, function command(...given) {
    return this.call(name, ...given);
  });
  define(Pipeline.prototype, `${name}Buffer`, function command(...given) {
    return this.callBuffer(name, ...given);
  });
}

/** A client that is connected. */
export async function connect(url, options) {
  const redis = new Redis(url, options);
  try {
    return await redis.connect();
  } catch (error) {
    redis.close();
    throw error;
  }
}

export { Redis as RedisClient };
export default Redis;
