// krandog:kv: keys and values that outlive the process, in a file of SQLite. Reads are answered at
// once; writes go to another thread, where those that wait are committed together.
//
// Keys are text, in the order of their bytes. Values are whatever structuredClone takes. Each entry
// has the version of the operation that wrote it, which is greater than all before.

import { Buffer } from 'buffer';
import { Database } from 'krandog:sqlite';
import {
  checkFunction, checkObject, checkString, coded, outOfRange, wrongType, wrongValue,
} from 'internal:errors';
import { transactor } from 'internal:sqlite_async';
import { limits, pack, unpack } from 'ops:krandog:kv';

const [
  KEY_BYTES, VALUE_BYTES, WRITES_MAX, GROUPS_MAX, PENDING_BYTES, PAGE, WATCHED_MAX, SWEPT,
] = limits();

// "krkv", by which a file says what it is.
const APPLICATION = 0x6b726b76;
const LIVE = '(expires IS NULL OR expires > ?)';
const KEY = 'key = CAST(? AS BLOB)';

const SCHEMA = `
  PRAGMA application_id = ${APPLICATION};
  CREATE TABLE IF NOT EXISTS kv (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, version INTEGER NOT NULL, expires INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS kv_expires ON kv (expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS kv_version (version INTEGER NOT NULL);
  INSERT INTO kv_version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM kv_version);
`;

const SQL = {
  version: 'UPDATE kv_version SET version = version + 1 RETURNING version',
  check: `SELECT 1 FROM kv WHERE ${KEY} AND version = ? AND ${LIVE}`,
  absent: `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM kv WHERE ${KEY} AND ${LIVE})`,
  set: `INSERT INTO kv (key, value, version, expires)
    VALUES (CAST(? AS BLOB), ?, (SELECT version FROM kv_version), ?)
    ON CONFLICT (key) DO UPDATE
    SET value = excluded.value, version = excluded.version, expires = excluded.expires`,
  delete: `DELETE FROM kv WHERE ${KEY} AND ${LIVE}`,
  sweep: `DELETE FROM kv WHERE key IN (SELECT key FROM kv WHERE expires <= ? LIMIT ${SWEPT})`,
  get: `SELECT value, version, expires FROM kv WHERE ${KEY} AND ${LIVE}`,
};

function keyOf(key, name = 'key') {
  checkString(key, name);
  if (!key.isWellFormed()) throw wrongValue(name, key, 'must have no lone surrogates');
  const bytes = Buffer.byteLength(key);
  if (bytes === 0 || bytes > KEY_BYTES) {
    throw outOfRange(`length of ${name}`, `>= 1 and <= ${KEY_BYTES} bytes`, bytes);
  }
  return key;
}

function expiryOf(options) {
  const ttl = options?.ttl;
  if (ttl === undefined) return null;
  if (typeof ttl !== 'number') throw wrongType('options.ttl', 'of type number', ttl);
  if (!(ttl > 0 && ttl <= Number.MAX_SAFE_INTEGER / 2)) {
    throw outOfRange('options.ttl', 'a number of milliseconds > 0', ttl);
  }
  return Math.ceil(Date.now() + ttl);
}

function versionOf(version, name) {
  if (version !== null && !Number.isSafeInteger(version)) {
    throw wrongType(name, 'null or a version', version);
  }
  return version;
}

function checkKnown(options, known) {
  if (options === undefined) return;
  checkObject(options, 'options');
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw wrongValue(`options.${name}`, options[name], `is not known (known: ${known.join(', ')})`);
    }
  }
}

// The first key behind all that begin with a text: no byte of UTF-8 is 0xff.
function behind(prefix) {
  return Buffer.concat([Buffer.from(prefix), Buffer.of(0xff)]);
}

/** Several writes, of which all happen or none, and only if all checks are right. */
class Atomic {
  #commit;
  #steps = [];
  #changes = [];
  #bytes = 0;

  constructor(commit) {
    this.#commit = commit;
  }

  /** The entry has this version, or with null is not there. */
  check(key, version) {
    keyOf(key);
    const now = Date.now();
    if (versionOf(version, 'version') === null) this.#add([SQL.absent, [key, now], true]);
    else this.#add([SQL.check, [key, version, now], true]);
    return this;
  }

  set(key, value, options = undefined) {
    keyOf(key);
    checkKnown(options, ['ttl']);
    const expires = expiryOf(options);
    const bytes = pack(value);
    if (bytes.length > VALUE_BYTES) {
      throw outOfRange('length of value', `<= ${VALUE_BYTES} bytes`, bytes.length);
    }
    this.#add([SQL.set, [key, bytes, expires], false]);
    this.#bytes += bytes.length;
    this.#changes.push({ type: 'set', key, bytes, expires });
    return this;
  }

  delete(key) {
    this.#add([SQL.delete, [keyOf(key), Date.now()], false]);
    this.#changes.push({ type: 'delete', key, step: this.#steps.length });
    return this;
  }

  /** `{ ok, version, deleted }`: whether it has happened, and how many entries are gone. */
  commit() {
    const [steps, changes, bytes] = [this.#steps, this.#changes, this.#bytes];
    [this.#steps, this.#changes, this.#bytes] = [[], [], 0];
    return this.#commit(steps, changes, bytes);
  }

  #add(step) {
    if (this.#steps.length >= WRITES_MAX) {
      throw outOfRange('number of writes', `<= ${WRITES_MAX}`, this.#steps.length + 1);
    }
    this.#steps.push(step);
    this.#bytes += step[1][0].length;
  }
}

// Changes for one who watches, until they are asked for.
class Watch {
  #waiting = [];
  #wanted = [];
  #over = false;
  #stop;

  constructor(stop) {
    this.#stop = stop;
  }

  tell(change) {
    if (this.#wanted.length > 0) {
      this.#wanted.shift().resolve({ done: false, value: change });
    } else if (this.#waiting.length >= WATCHED_MAX) {
      const message = `more than ${WATCHED_MAX} changes wait for who watches`;
      this.#waiting = [coded(Error, 'ERR_KV_WATCH_OVERFLOW', message)];
      this.#stop();
    } else {
      this.#waiting.push(change);
    }
  }

  end() {
    this.#over = true;
    for (const { resolve } of this.#wanted) resolve({ done: true, value: undefined });
    this.#wanted = [];
  }

  async next() {
    const change = this.#waiting.shift();
    if (change instanceof Error) {
      this.#over = true;
      throw change;
    }
    if (change !== undefined) return { done: false, value: change };
    if (this.#over) return { done: true, value: undefined };
    const wanted = Promise.withResolvers();
    this.#wanted.push(wanted);
    return wanted.promise;
  }

  async return() {
    this.#waiting = [];
    this.#stop();
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

/** Keys and values, in a file or in memory. */
export class Kv {
  #database;
  #transact;
  #waiting = [];
  #bytes = 0;
  #committing;
  #watchers = new Set();
  #expires;

  constructor(path = ':memory:', options = undefined) {
    checkKnown(options, ['busyTimeout']);
    const database = new Database(path, { synchronous: 'full', ...options });
    try {
      const [[application]] = database.query('PRAGMA application_id').values();
      const [[tables]] = database.query('SELECT count(*) FROM sqlite_schema').values();
      if (application !== APPLICATION && tables > 0) {
        throw coded(Error, 'ERR_KV_FORMAT', `the database is not one of krandog:kv: ${path}`);
      }
      if (application !== APPLICATION) database.transaction(() => database.exec(SCHEMA))();
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    this.#transact = transactor(database);
    this.#expires = database.query('SELECT 1 FROM kv WHERE expires IS NOT NULL LIMIT 1').all().length > 0;
  }

  /** The value; undefined if there is none. */
  async get(key) {
    return (await this.entry(key))?.value;
  }

  async has(key) {
    return (await this.entry(key)) !== undefined;
  }

  /** `{ key, value, version, expires }`; undefined if there is none. */
  async entry(key) {
    const row = this.#database.query(SQL.get).get(keyOf(key), Date.now());
    return row && shown({ key, ...row });
  }

  /** Writes; resolves with the version once it is on the disk, or with null if it was another one. */
  async set(key, value, options = undefined) {
    checkKnown(options, ['ttl', 'ifVersion']);
    const write = this.atomic();
    if (options?.ifVersion !== undefined) {
      write.check(key, versionOf(options.ifVersion, 'options.ifVersion'));
    }
    const { ttl } = options ?? {};
    const { ok, version } = await write.set(key, value, { ttl }).commit();
    return ok ? version : null;
  }

  /** Whether there was such an entry, which is gone now. */
  async delete(key, options = undefined) {
    checkKnown(options, ['ifVersion']);
    const write = this.atomic();
    if (options?.ifVersion !== undefined) {
      write.check(key, versionOf(options.ifVersion, 'options.ifVersion'));
    }
    const { ok, deleted } = await write.delete(key).commit();
    return ok && deleted > 0;
  }

  atomic() {
    return new Atomic((...group) => this.#commit(...group));
  }

  /** The entries in a range, one by one. */
  list(options = undefined) {
    const range = rangeOf(options);
    return this.#entries(range);
  }

  /** Some of them, and the cursor behind which the next ones are. */
  async page(options = undefined) {
    const range = rangeOf(options);
    const most = Math.min(range.limit, PAGE);
    const entries = this.#read(range, most);
    const cursor = entries.length === most ? entries.at(-1)?.key : undefined;
    return { entries, cursor };
  }

  /** The changes of a key, or of `{ prefix }`: for a callback, or to be iterated. */
  watch(what, callback = undefined) {
    const matches = matcher(what);
    if (callback !== undefined) {
      checkFunction(callback, 'callback');
      const watcher = { matches, tell: callback, end() {} };
      this.#watchers.add(watcher);
      return () => this.#watchers.delete(watcher);
    }
    const watch = new Watch(() => this.#watchers.delete(watcher));
    const watcher = { matches, tell: (change) => watch.tell(change), end: () => watch.end() };
    this.#watchers.add(watcher);
    return watch;
  }

  /** Resolves once all that was written is on the disk. */
  async close() {
    while (this.#committing) await this.#committing;
    if (!this.#database.isOpen) return;
    this.#database.close();
    for (const watcher of this.#watchers) watcher.end();
    this.#watchers.clear();
    await this.#transact.close?.();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }

  async #commit(steps, changes, bytes) {
    if (!this.#database.isOpen) throw coded(Error, 'ERR_INVALID_STATE', 'database is not open');
    if (this.#bytes + bytes > PENDING_BYTES) {
      throw coded(Error, 'ERR_KV_BUSY', `more than ${PENDING_BYTES} bytes wait to be written`);
    }
    this.#bytes += bytes;
    const done = Promise.withResolvers();
    this.#waiting.push({ steps: [[SQL.version, [], false], ...steps], changes, bytes, done });
    if (changes.some(({ expires }) => expires)) this.#expires = true;
    // What else is written in this turn goes along.
    this.#committing ??= Promise.resolve().then(() => this.#flush());
    return done.promise;
  }

  async #flush() {
    while (this.#waiting.length > 0) {
      const groups = this.#waiting.splice(0, GROUPS_MAX);
      const steps = groups.map((group) => group.steps);
      if (this.#expires) steps.push([[SQL.sweep, [Date.now()], false]]);
      try {
        const answers = await this.#transact(steps);
        groups.forEach((group, index) => this.#settle(group, answers[index]));
      } catch (error) {
        for (const group of groups) {
          this.#bytes -= group.bytes;
          group.done.reject(error);
        }
      }
    }
    this.#committing = undefined;
  }

  #settle({ changes, bytes, done }, values) {
    this.#bytes -= bytes;
    if (values === null) {
      done.resolve({ ok: false, version: null, deleted: 0 });
      return;
    }
    const [version] = values;
    const gone = changes.filter(({ type, step }) => type === 'delete' && values[step] > 0);
    done.resolve({ ok: true, version, deleted: gone.length });
    for (const change of changes) {
      if (change.type === 'set' || gone.includes(change)) this.#tell(change, version);
    }
  }

  #tell({ type, key, bytes }, version) {
    for (const watcher of this.#watchers) {
      if (!watcher.matches(key)) continue;
      // Each gets a value of its own.
      const change = { type, key, version };
      if (type === 'set') change.value = unpack(bytes);
      try {
        watcher.tell(change);
      } catch (error) {
        reportError(error);
      }
    }
  }

  async* #entries(range) {
    let { limit, cursor } = range;
    while (limit > 0) {
      const most = Math.min(limit, PAGE);
      const entries = this.#read({ ...range, cursor }, most);
      yield* entries;
      if (entries.length < most) return;
      limit -= most;
      cursor = entries.at(-1).key;
    }
  }

  #read({ start, end, reverse, cursor }, most) {
    const conditions = [LIVE];
    const parameters = [Date.now()];
    const compare = (sign, bytes) => {
      if (bytes === undefined) return;
      conditions.push(`key ${sign} ?`);
      parameters.push(bytes);
    };
    compare('>=', start);
    compare('<', end);
    compare(reverse ? '<' : '>', cursor === undefined ? undefined : Buffer.from(cursor));
    const sql = `SELECT CAST(key AS TEXT) AS key, value, version, expires FROM kv
      WHERE ${conditions.join(' AND ')} ORDER BY kv.key ${reverse ? 'DESC' : 'ASC'} LIMIT ?`;
    return this.#database.query(sql).all(...parameters, most).map(shown);
  }
}

function shown({ key, value, version, expires }) {
  return { key, value: unpack(value), version, expires };
}

function rangeOf(options = {}) {
  checkKnown(options, ['prefix', 'start', 'end', 'limit', 'reverse', 'cursor']);
  const { prefix, start, end, limit = Infinity, reverse = false, cursor } = options;
  for (const [name, text] of Object.entries({ prefix, start, end, cursor })) {
    if (text !== undefined) checkString(text, `options.${name}`);
  }
  if (prefix !== undefined && (start !== undefined || end !== undefined)) {
    throw wrongValue('options.prefix', prefix, 'cannot stand beside start or end');
  }
  if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 0)) {
    throw outOfRange('options.limit', 'a whole number >= 0', limit);
  }
  if (typeof reverse !== 'boolean') throw wrongType('options.reverse', 'of type boolean', reverse);
  const bytes = (text) => (text === undefined ? undefined : Buffer.from(text));
  return {
    start: bytes(prefix ?? start),
    end: prefix === undefined ? bytes(end) : behind(prefix),
    limit,
    reverse,
    cursor,
  };
}

function matcher(what) {
  if (typeof what === 'string') return (key) => key === what;
  checkObject(what, 'key');
  checkKnown(what, ['prefix']);
  checkString(what.prefix, 'prefix');
  return (key) => key.startsWith(what.prefix);
}

/** Opens a file, or makes one. */
export function openKv(path, options) {
  return new Kv(path, options);
}

export default { Kv, openKv };
