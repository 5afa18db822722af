// What `krandog:sqlite` does on other threads. A lane is a connection that does one thing at a time:
// one lane writes, and a few read.

import {
  checkArray, checkFunction, checkSignal, coded, outOfRange, wrongType,
} from 'internal:errors';
import { limits } from 'ops:krandog:sqlite';
import {
  ask, backup as copy, connect, disconnect, interrupt, transact, transactNow,
} from 'ops:internal:sqlite_async';

const [, PENDING_MAX, READERS] = limits();
const kinds = { run: 0, get: 1, all: 2, values: 3, exec: 4 };

class Lane {
  waiting = 0;
  #handle;
  #last = Promise.resolve();

  constructor(database, readOnly) {
    this.#handle = connect(database, readOnly);
  }

  ask(kind, sql, parameters, signal) {
    return this.#turn((handle) => ask(handle, kinds[kind], sql, parameters), signal);
  }

  transact(groups, signal) {
    return this.#turn((handle) => transact(handle, groups), signal);
  }

  #turn(work, signal) {
    this.waiting += 1;
    const result = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#run(work, signal);
    });
    // The next one does not care how this one ends.
    this.#last = result.then(() => {}, () => {}).then(() => {
      this.waiting -= 1;
    });
    return result;
  }

  async #run(work, signal) {
    const stop = () => interrupt(this.#handle);
    signal?.addEventListener('abort', stop);
    try {
      return await work(this.#handle);
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  close() {
    this.#last = this.#last.then(() => disconnect(this.#handle));
    return this.#last;
  }
}

/** A database as other threads see it: what reads goes side by side, what writes one by one. */
export class AsyncDatabase {
  #database;
  #signal;
  #lanes;
  #state;

  constructor(database, signal = undefined, state = { lanes: [], closed: false }) {
    this.#database = database;
    this.#signal = signal;
    this.#state = state;
    this.#lanes = state.lanes;
  }

  /** The same, whose calls end when a signal is aborted. */
  with(options) {
    if (typeof options !== 'object' || options === null) {
      throw wrongType('options', 'of type object', options);
    }
    checkSignal(options.signal, 'options.signal');
    return new AsyncDatabase(this.#database, options.signal, this.#state);
  }

  async run(sql, ...parameters) {
    return this.#ask('run', sql, parameters);
  }

  async exec(sql) {
    return this.#ask('exec', sql, []);
  }

  async get(sql, ...parameters) {
    return this.#ask('get', sql, parameters);
  }

  async all(sql, ...parameters) {
    return this.#ask('all', sql, parameters);
  }

  async values(sql, ...parameters) {
    return this.#ask('values', sql, parameters);
  }

  /** Statements, each with its parameters, of which all happen or none. */
  async batch(statements) {
    checkArray(statements, 'statements');
    const group = statements.map((statement, index) => {
      checkArray(statement, `statements[${index}]`);
      const [sql, ...parameters] = statement;
      return [sql, parameters, false];
    });
    this.#check();
    const [changes] = await this.#open(0).transact([group], this.#signal);
    return changes;
  }

  /** Waits for what is under way, and closes the connections. */
  async close() {
    this.#state.closed = true;
    await Promise.all(this.#lanes.map((lane) => lane?.close()));
  }

  async #ask(kind, sql, parameters) {
    this.#check();
    // Copied before anything changes them.
    return this.#lane(kind).ask(kind, sql, [...parameters], this.#signal);
  }

  #check() {
    if (this.#state.closed) throw coded(Error, 'ERR_INVALID_STATE', 'database is not open');
    this.#signal?.throwIfAborted();
    const waiting = this.#lanes.reduce((sum, lane) => sum + (lane?.waiting ?? 0), 0);
    if (waiting >= PENDING_MAX) {
      const message = `${PENDING_MAX} calls of the database wait already`;
      throw coded(Error, 'ERR_SQLITE_BUSY', message);
    }
  }

  // The first lane writes.
  #lane(kind) {
    if (kind === 'run' || kind === 'exec') return this.#open(0);
    let best = 1;
    for (let at = 1; at <= READERS; at++) {
      if (this.#lanes[at] === undefined || this.#lanes[at].waiting === 0) return this.#open(at);
      if (this.#lanes[at].waiting < this.#lanes[best].waiting) best = at;
    }
    return this.#open(best);
  }

  #open(at) {
    this.#lanes[at] ??= new Lane(this.#database, at > 0);
    return this.#lanes[at];
  }
}

/** Groups of statements in one transaction, for `krandog:kv`: off this thread where that can be. */
export function transactor(database) {
  if (database.location() === null) return async (groups) => transactNow(database, groups);
  const lane = new Lane(database, false);
  const run = (groups) => lane.transact(groups);
  run.close = () => lane.close();
  return run;
}

/** Copies a database to a file; `rate` pages at a time. */
export async function backup(database, path, options = {}) {
  const { rate, progress, source = 'main', target = 'main' } = options;
  if (rate !== undefined && !(Number.isInteger(rate) && rate > 0)) {
    throw outOfRange('options.rate', 'a whole number > 0', rate);
  }
  if (progress !== undefined) {
    checkFunction(progress, 'options.progress');
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The option progress is not implemented');
  }
  if (source !== 'main' || target !== 'main') {
    const message = 'Only the main database can be backed up';
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', message);
  }
  return copy(database, path, rate);
}
