// krandog:client: all outgoing sockets of the process, and pools with a limit.

import { coded } from 'internal:errors';
import {
  checkClose, checkOptions, outgoing, readPool, traffic,
} from 'ops:krandog:client';

const STATES = ['connecting', 'open', 'closing', 'closed'];

function described(socket) {
  const [messagesReceived, bytesReceived, messagesSent, bytesSent] = traffic(socket);
  return {
    id: socket.id,
    url: socket.url,
    state: STATES[socket.readyState],
    received: { messages: messagesReceived, bytes: bytesReceived },
    sent: { messages: messagesSent, bytes: bytesSent },
    buffered: socket.bufferedAmount,
    socket,
  };
}

/** The outgoing sockets that are not closed, in the order in which they were made. */
export function connections() {
  return outgoing().map(described).sort((one, other) => one.id - other.id);
}

async function closeEach(sockets, how) {
  await Promise.all(sockets.map((socket) => new Promise((resolve, reject) => {
    if (socket.readyState === WebSocket.CLOSED) return resolve();
    socket.addEventListener('close', resolve, { once: true });
    try {
      socket.close(...how);
    } catch (error) {
      socket.removeEventListener('close', resolve);
      reject(error);
    }
  })));
}

/** Closes them all, with what `close` takes, and resolves once they are closed. */
export async function closeAll(...how) {
  checkClose(...how);
  await closeEach(outgoing(), how);
}

const closedEarly = ({ url, closeInfo: { code, reason } }) => coded(
  Error, 'ECONNABORTED', `${url} closed with ${code} before it was open${reason && `: ${reason}`}`,
);

/** Sockets of which no more than `max` are there at one time. */
export class Pool {
  #max;
  #maxWaiting;
  #sockets = new Set();
  #waiting = [];

  constructor(options) {
    [this.#max, this.#maxWaiting] = readPool(options);
  }

  get max() {
    return this.#max;
  }

  get size() {
    return this.#sockets.size;
  }

  get waiting() {
    return this.#waiting.length;
  }

  [Symbol.iterator]() {
    return [...this.#sockets].values();
  }

  // Resolves with an open socket, once there is a place for it.
  async connect(url, options) {
    if (this.#sockets.size < this.#max) return this.#open(url, options);
    if (this.#waiting.length >= this.#maxWaiting) {
      const message = `the pool is full (option max: ${this.#max}), and no further call may wait `
        + `(option maxWaiting: ${this.#maxWaiting})`;
      throw coded(Error, 'ERR_POOL_FULL', message);
    }
    return this.#wait(url, options);
  }

  #wait(url, options) {
    // Whoever waits hears of a mistake now, and not when it is their turn.
    checkOptions(options);
    const { promise, resolve, reject } = Promise.withResolvers();
    const signal = options?.signal;
    const forget = () => signal?.removeEventListener('abort', leave);
    const start = () => {
      forget();
      try {
        resolve(this.#open(url, options));
      } catch (error) {
        reject(error);
      }
    };
    const drop = (error) => {
      forget();
      reject(error);
    };
    const turn = { start, drop };
    const leave = () => {
      this.#waiting = this.#waiting.filter((other) => other !== turn);
      reject(signal.reason);
    };
    if (signal?.aborted) {
      leave();
      return promise;
    }
    signal?.addEventListener('abort', leave, { once: true });
    this.#waiting.push(turn);
    return promise;
  }

  #open(url, options) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const ws = new WebSocket(url, options);
    this.#sockets.add(ws);
    let failure;
    const opened = () => {
      ws.removeEventListener('error', failed);
      resolve(ws);
    };
    const failed = ({ error }) => {
      failure = error;
    };
    const closed = () => {
      this.#sockets.delete(ws);
      reject(failure ?? closedEarly(ws));
      while (this.#sockets.size < this.#max && this.#waiting.length > 0) this.#waiting.shift().start();
    };
    ws.addEventListener('open', opened, { once: true });
    ws.addEventListener('error', failed);
    ws.addEventListener('close', closed, { once: true });
    return promise;
  }

  // Sends to each that is open, and returns how many those are.
  sendAll(data, options) {
    const open = [...this.#sockets].filter((ws) => ws.readyState === WebSocket.OPEN);
    for (const ws of open) ws.send(data, options);
    return open.length;
  }

  async closeAll(...how) {
    checkClose(...how);
    const message = 'the pool was closed before there was a place';
    for (const { drop } of this.#waiting.splice(0)) {
      drop(coded(Error, 'ERR_POOL_CLOSED', message));
    }
    await closeEach([...this.#sockets], how);
  }
}
