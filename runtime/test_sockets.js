// krandog:test: what tests of chat servers need: WebSockets without a port, the next message, the
// end of a socket, and time that passes at once.

import assert from 'assert';
import { checkNumber, checkObject, checkString, coded, wrongType } from 'internal:errors';
import { Server } from 'http';
import { advance, pair as connect } from 'ops:krandog:test';
import { later } from 'internal:test_call';

const TIMEOUT_MS = 5000;
// As far as time may be had to pass: a year.
const ADVANCE_MS_MAX = 366 * 24 * 3600 * 1000;

// What has come for each socket and nobody has asked for, and who waits.
const inboxes = new WeakMap();

class Inbox {
  #messages = [];
  #waiting = [];
  #ended;

  constructor(ws) {
    ws.addEventListener('message', ({ data }) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#messages.push(data);
      else next.resolve(data);
    });
    ws.addEventListener('close', (event) => {
      this.#ended = event;
      for (const { reject } of this.#waiting.splice(0)) reject(closed(event));
    });
  }

  get closed() {
    return this.#ended;
  }

  async next(timeout) {
    if (this.#messages.length > 0) return this.#messages.shift();
    if (this.#ended !== undefined) throw closed(this.#ended);
    const waiter = Promise.withResolvers();
    this.#waiting.push(waiter);
    const give = () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiter);
      waiter.reject(timedOut(`no message has come within ${timeout} ms`));
    };
    return within(waiter.promise, timeout, give);
  }
}

async function within(promise, timeout, give) {
  const callOff = later(give, timeout, true);
  try {
    return await promise;
  } finally {
    callOff();
  }
}

function closed({ code, reason }) {
  const why = reason === '' ? '' : ` '${reason}'`;
  const message = `the socket was closed with ${code}${why} before a message came`;
  return coded(Error, 'ERR_SOCKET_CLOSED', message);
}

function timedOut(message) {
  return coded(Error, 'ERR_TEST_TIMEOUT', message);
}

function checkSocket(ws) {
  if (!(ws instanceof WebSocket)) throw wrongType('ws', 'an instance of WebSocket', ws);
}

function inboxOf(ws) {
  if (!inboxes.has(ws)) inboxes.set(ws, new Inbox(ws));
  return inboxes.get(ws);
}

function timeoutOf(options) {
  checkObject(options, 'options');
  const { timeout = TIMEOUT_MS } = options;
  checkNumber(timeout, 'options.timeout', 0);
  return timeout;
}

/**
 * An open WebSocket to `server`, which need not listen: there is no port in between, but the whole
 * protocol. Messages that come from now on wait for `nextMessage`.
 */
export async function pair(server, path = '/', options = {}) {
  if (!(server instanceof Server)) throw wrongType('server', 'an instance of http.Server', server);
  checkString(path, 'path');
  checkObject(options, 'options');
  if (!path.startsWith('/')) {
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `a path such as '/chat', not '${path}'`);
  }
  if (!server.listening) server.listen({ memory: true });
  const ws = connect(server, `ws://memory${path}`, options);
  inboxOf(ws);
  let failed;
  await new Promise((resolve, reject) => {
    ws.addEventListener('open', resolve, { once: true });
    ws.addEventListener('error', (event) => {
      failed = event.error ?? new Error(event.message);
    }, { once: true });
    ws.addEventListener('close', () => reject(failed), { once: true });
  });
  return ws;
}

/** The next message that nobody has been given: of those that came since `pair` or the first call. */
export async function nextMessage(ws, options = {}) {
  checkSocket(ws);
  return inboxOf(ws).next(timeoutOf(options));
}

/** Waits for the end of a socket, and throws unless it has this code, and this reason. */
export async function expectClose(ws, code, options = {}) {
  checkSocket(ws);
  if (code !== undefined) checkNumber(code, 'code');
  const timeout = timeoutOf(options);
  const { reason } = options;
  if (reason !== undefined) checkString(reason, 'options.reason');
  let event = inboxOf(ws).closed;
  if (event === undefined && ws.readyState === WebSocket.CLOSED) {
    event = { code: ws.closeInfo?.code ?? 1006, reason: ws.closeInfo?.reason ?? '' };
  }
  if (event === undefined) {
    const { promise, resolve, reject } = Promise.withResolvers();
    ws.addEventListener('close', resolve, { once: true });
    const give = () => reject(timedOut(`the socket was not closed within ${timeout} ms`));
    event = await within(promise, timeout, give);
  }
  if (code !== undefined) {
    const why = event.reason === '' ? '' : ` ('${event.reason}')`;
    const message = `the socket was closed with ${event.code}${why}, not with ${code}`;
    if (event.code !== code) fail(event.code, code, message);
  }
  if (reason !== undefined && event.reason !== reason) {
    const message = `the socket was closed because of '${event.reason}', not of '${reason}'`;
    fail(event.reason, reason, message);
  }
  return event;
}

function fail(actual, expected, message) {
  const operator = 'expectClose';
  throw new assert.AssertionError({ actual, expected, message, operator });
}

/** Time that passes at once, for timers, `Date` and the deadlines of connections alike. */
export function fakeClock() {
  return {
    /** Resolves when so much time has passed, and what was due has been done in its order. */
    async advance(milliseconds) {
      checkNumber(milliseconds, 'milliseconds', 0);
      if (milliseconds > ADVANCE_MS_MAX) {
        throw coded(RangeError, 'ERR_OUT_OF_RANGE', `time passes by ${ADVANCE_MS_MAX} ms at most`);
      }
      await advance(milliseconds);
    },
  };
}

export default { pair, nextMessage, expectClose, fakeClock };
