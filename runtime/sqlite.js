// krandog:sqlite: SQLite in the process. What runs for every row is native; transactions, iterators
// and what other threads do are here and in `sqlite_async.js`.

import { begin, classes, end, limits, load, next } from 'ops:krandog:sqlite';
import { checkFunction, coded, wrongType } from 'internal:errors';

const native = classes();
const [QUERIES_KEPT] = limits();

/** A statement that is prepared. */
export const { Statement } = native;

function* rowsOf(statement, turn) {
  try {
    for (;;) {
      const row = next(statement, turn);
      if (row === undefined) return;
      yield row;
    }
  } finally {
    end(statement, turn);
  }
}

function iterate(...parameters) {
  return rowsOf(this, begin(this, ...parameters));
}

function method(prototype, name, value) {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

method(Statement.prototype, 'iterate', iterate);
method(Statement.prototype, Symbol.iterator, function rows() {
  return this.iterate();
});
method(Statement.prototype, Symbol.dispose, Statement.prototype.finalize);

function pathOf(path) {
  if (typeof path === 'string') return path;
  if (path instanceof URL) return load('url').fileURLToPath(path);
  throw wrongType('path', 'of type string or an instance of URL', path);
}

/** A database: a file, or memory. */
export class Database extends native.Database {
  #async;
  #queries = new Map();
  #savepoints = 0;

  constructor(path = ':memory:', options = undefined) {
    super(pathOf(path), options);
  }

  /** A statement that was prepared before, if this has been asked for before. */
  query(sql) {
    let statement = this.#queries.get(sql);
    if (statement !== undefined) return statement;
    statement = this.prepare(sql);
    this.#queries.set(sql, statement);
    if (this.#queries.size > QUERIES_KEPT) this.#queries.delete(this.#queries.keys().next().value);
    return statement;
  }

  /**
   * A function that does all that `body` does, or nothing of it. It begins as soon as it is called to
   * keep others from writing; `deferred` waits with that for its first write.
   */
  transaction(body) {
    checkFunction(body, 'fn');
    const kind = (begins) => (...given) => this.#transact(begins, body, given);
    const run = kind('IMMEDIATE');
    run.immediate = run;
    run.deferred = kind('DEFERRED');
    run.exclusive = kind('EXCLUSIVE');
    return run;
  }

  #transact(begins, body, given) {
    const inner = this.isTransaction;
    const name = `krandog_${this.#savepoints}`;
    this.exec(inner ? `SAVEPOINT ${name}` : `BEGIN ${begins}`);
    this.#savepoints += 1;
    try {
      const result = body.apply(undefined, given);
      if (typeof result?.then === 'function') {
        // What becomes of it nobody waits for.
        Promise.resolve(result).catch(() => {});
        const message = 'the function of a transaction must not be async: it ends when it returns';
        throw coded(TypeError, 'ERR_INVALID_RETURN_VALUE', message);
      }
      this.exec(inner ? `RELEASE ${name}` : 'COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled it back by itself.
      if (this.isOpen && this.isTransaction) {
        this.exec(inner ? `ROLLBACK TO ${name}; RELEASE ${name}` : 'ROLLBACK');
      }
      throw error;
    } finally {
      this.#savepoints -= 1;
    }
  }

  /** The same, on other threads: each call is a promise. */
  get async() {
    this.#async ??= new (load('internal:sqlite_async').AsyncDatabase)(this);
    return this.#async;
  }

  /** Copies the database to a file. */
  async backup(path, options = undefined) {
    return load('internal:sqlite_async').backup(this, pathOf(path), options);
  }

  close() {
    super.close();
    this.#queries.clear();
    this.#async?.close();
  }

  [Symbol.dispose]() {
    if (this.isOpen) this.close();
  }
}

export default { Database, Statement };
