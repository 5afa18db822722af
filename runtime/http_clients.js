// The open WebSockets of a server, as they are at the moment: what `server.clients` is. Loaded when
// a script first asks for it.

import { clients, countClients, findClient, readFarewell } from 'ops:http';

const custom = Symbol.for('nodejs.util.inspect.custom');

// How often some of them are closed where that takes its time.
const STEP = 20;

export class Clients {
  #handle;

  // `handle` returns that of the server, or null if it has never listened.
  constructor(handle) {
    this.#handle = handle;
  }

  #all() {
    const handle = this.#handle();
    return handle === null ? [] : clients(handle);
  }

  get size() {
    const handle = this.#handle();
    return handle === null ? 0 : countClients(handle);
  }

  // The one whose `id` that is.
  get(id) {
    const handle = this.#handle();
    return handle === null ? undefined : findClient(handle, id);
  }

  has(ws) {
    return ws instanceof WebSocket && this.get(ws.id) === ws;
  }

  // A loop sees those that were open when it began.
  [Symbol.iterator]() {
    return this.#all().values();
  }

  values() {
    return this[Symbol.iterator]();
  }

  forEach(callback, thisArg) {
    for (const ws of this.#all()) callback.call(thisArg, ws, ws, this);
  }

  filter(callback, thisArg) {
    return this.#all().filter((ws) => callback.call(thisArg, ws, ws, this));
  }

  // Closes all that are open now, over `spread` milliseconds, and resolves when they have closed.
  async closeAll(options) {
    const [code, reason, spread] = readFarewell(options);
    const all = this.#all();
    const closed = all.map((ws) => new Promise((resolve) => {
      ws.addEventListener('close', resolve, { once: true });
    }));
    const rounds = Math.max(1, Math.ceil(spread / STEP));
    let next = 0;
    for (let round = 1; next < all.length; round += 1) {
      const due = Math.ceil((all.length * round) / rounds);
      for (; next < due; next += 1) all[next].close({ code, reason });
      if (next < all.length) await new Promise((resolve) => setTimeout(resolve, STEP));
    }
    await Promise.all(closed);
  }

  [custom](depth, options, inspect) {
    return `Clients(${this.size}) ${inspect(this.#all(), options)}`;
  }
}
