// krandog:sse: Server-Sent Events, https://html.spec.whatwg.org/multipage/server-sent-events.html

import { wrongType } from 'internal:errors';
import { encode as encodeNew, readSse } from 'ops:krandog:sse';

const ATTACH = Symbol.for('krandog.body');

// A comment: clients pass it over.
const COMMENT = ':\n\n';

/** An event that is text already. */
class SseEvent {
  #text;

  constructor(value) {
    this.#text = encodeNew(value);
  }

  toString() {
    return this.#text;
  }
}

const encode = (value) => (value instanceof SseEvent ? value.toString() : encodeNew(value));

const isStream = (source) => typeof source?.getReader === 'function';

const begins = (source) => source?.[Symbol.asyncIterator] ?? source?.[Symbol.iterator];

function check(source) {
  const isSource = typeof source === 'object' && (isStream(source) || typeof begins(source) === 'function');
  if (isSource) return source;
  const wanted = 'a stream, an async generator, or a function that returns one';
  throw wrongType('source', wanted, source);
}

function iterate(source) {
  if (isStream(source)) {
    const reader = source.getReader();
    return { next: () => reader.read(), stop: (reason) => reader.cancel(reason) };
  }
  const iterator = begins(source).call(source);
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

/** Events on their way to one client, or to be iterated over as text. */
class EventBody {
  #source;
  #keepAlive;
  #begins;

  constructor(source, keepAlive, retry) {
    this.#source = source;
    this.#keepAlive = keepAlive;
    // Something, so that a proxy passes the head on.
    this.#begins = retry === undefined ? COMMENT : encode({ retry });
  }

  [ATTACH](request) {
    const source = typeof this.#source === 'function' ? this.#source(request) : this.#source;
    return {
      ...iterate(check(source)),
      encode,
      begins: this.#begins,
      comment: COMMENT,
      endless: true,
      keepAlive: this.#keepAlive,
      isQuiet: true,
    };
  }

  async* [Symbol.asyncIterator]() {
    const source = this[ATTACH]({});
    yield source.begins;
    try {
      for (let step = await source.next(); !step.done; step = await source.next()) {
        yield encode(step.value);
      }
    } finally {
      await source.stop();
    }
  }
}

/** A reply that sends each thing that a source yields as an event. */
export function sse(source, options) {
  const [keepAlive, retry, headers] = readSse(options);
  if (typeof source !== 'function') check(source);
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      // nginx would gather events.
      'x-accel-buffering': 'no',
      ...headers,
    },
    body: new EventBody(source, keepAlive, retry),
  };
}

/** An event as its text: for many clients it is made once. */
export function event(value) {
  return new SseEvent(value);
}

export default { event, sse };
