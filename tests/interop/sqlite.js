// For sqlite.py: does what its argument says with the database whose path follows.

import assert from 'assert';
import { Database } from 'krandog:sqlite';
import { DatabaseSync, backup } from 'node:sqlite';

const [, , task, path, other] = process.argv;
const SLOW = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

const tasks = {
  fill() {
    const db = new Database(path);
    db.exec('CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB)');
    const insert = db.prepare('INSERT INTO t (text, bytes) VALUES (?, ?)');
    db.transaction(() => {
      for (let index = 0; index < 1000; index++) insert.run(`line ${index} é水`, Buffer.of(index & 255));
    })();
    console.log(db.query('PRAGMA journal_mode').get().journal_mode, db.location() === path);
    db[Symbol.dispose]();
    db[Symbol.dispose]();
  },

  count() {
    const db = new Database(path, { readonly: true });
    console.log(db.query('SELECT count(*) AS n, max(text) AS last FROM t').get());
    assert.throws(() => db.exec('DELETE FROM t'), { errcode: 8, message: /readonly database/ });
    db.close();
  },

  open() {
    try {
      new Database(path, JSON.parse(other ?? '{}')).close();
      console.log('opened');
    } catch (error) {
      console.log(JSON.stringify([error.code, error.errcode, error.message]));
    }
  },

  locked() {
    const db = new Database(path, { busyTimeout: 10 });
    try {
      db.exec('INSERT INTO t (text) VALUES (1)');
    } catch (error) {
      console.log(JSON.stringify([error.code, error.errcode, error.message]));
    }
    db.close();
  },

  async later() {
    const db = new Database(path);
    // The loop goes on meanwhile.
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const slow = `${SLOW} WHERE i <= 3000000`.replace('FROM n) SELECT', 'FROM n WHERE i < 3000000) SELECT');
    const [[row]] = await Promise.all([
      db.async.all(slow),
      db.async.run('INSERT INTO t (text) VALUES (?)', 'later'),
    ]);
    clearInterval(timer);
    assert.strictEqual(row['count(*)'], 3_000_000);
    assert(turns > 2, `${turns} turns`);
    // Writes are done one by one, in their order.
    const ids = await Promise.all(Array.from({ length: 50 }, (_, index) => (
      db.async.run('INSERT INTO t (text) VALUES ($text)', { text: `n${index}` })
    )));
    const sorted = ids.map(({ lastInsertRowid }) => lastInsertRowid);
    assert.deepStrictEqual(sorted.toSorted((a, b) => a - b), sorted);
    assert.deepStrictEqual(await db.async.get('SELECT text FROM t WHERE id = ?', sorted[3]), { text: 'n3' });
    assert.deepStrictEqual(await db.async.values('SELECT ?, ?', 1, null), [[1, null]]);
    assert.strictEqual(await db.async.get('SELECT 1 WHERE 0'), undefined);
    assert.deepStrictEqual(
      await db.async.batch([['DELETE FROM t WHERE id = ?', sorted[0]], ['DELETE FROM t WHERE id = -1']]),
      [1, 0],
    );
    await assert.rejects(db.async.batch([['DELETE FROM t'], ['nonsense']]), { code: 'ERR_SQLITE_ERROR' });
    assert(db.query('SELECT count(*) AS n FROM t').get().n > 1000);
    await db.async.exec('CREATE TABLE u (a); INSERT INTO u VALUES (1)');
    await assert.rejects(db.async.all('SELECT * FORM t'), { offset: 9, sql: 'SELECT * FORM t' });
    await assert.rejects(db.async.all('DELETE FROM t'), { errcode: 8 });
    await assert.rejects(db.async.all('SELECT ?'), { code: 'ERR_INVALID_ARG_VALUE' });

    // A signal ends what runs and what waits.
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 4 }, () => db.async.with({ signal }).all(SLOW));
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await Promise.all(calls.map((call) => assert.rejects(call, { message: 'enough' })));
    assert.deepStrictEqual(await db.async.all('SELECT 1 AS one'), [{ one: 1 }]);
    db.close();
    await assert.rejects(db.async.all('SELECT 1'), { code: 'ERR_INVALID_STATE' });
    const memory = new Database();
    await assert.rejects(memory.async.all('SELECT 1'), { code: 'ERR_INVALID_STATE', message: /in a file/ });
    console.log('done');
  },

  async backup() {
    const db = new Database(path);
    assert(await db.backup(other) > 1);
    assert(await db.backup(other, { rate: 1 }) > 1);
    await assert.rejects(db.backup(`${other}/nothing/here`), { code: 'ERR_SQLITE_ERROR' });
    const copy = new DatabaseSync(other, { readOnly: true });
    console.log(copy.prepare('SELECT count(*) AS n FROM t').get().n);
    const memory = new Database();
    memory.exec('CREATE TABLE m AS SELECT 42 AS a');
    await memory.backup(`${other}-memory`);
    console.log(new Database(`${other}-memory`).query('SELECT a FROM m').get().a);
    const node = new DatabaseSync(':memory:');
    node.exec('CREATE TABLE m AS SELECT 43 AS a');
    await backup(node, `${other}-memory`);
    console.log(new DatabaseSync(`${other}-memory`).prepare('SELECT a FROM m').get().a);
  },
};

await tasks[task]();
