// What SQLite says is wrong: its codes, the statement, and the place in it.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
db.exec('CREATE TABLE t (a INT PRIMARY KEY, b TEXT NOT NULL UNIQUE) STRICT');

const sql = 'SELECT * FORM t';
assert.throws(() => db.prepare(sql), (error) => {
  assert.strictEqual(error.name, 'Error');
  assert.strictEqual(error.code, 'ERR_SQLITE_ERROR');
  assert.strictEqual(error.errcode, 1);
  assert.strictEqual(error.errstr, 'SQL logic error');
  assert.strictEqual(error.sql, sql);
  assert.strictEqual(error.offset, 9);
  assert.strictEqual(error.message, `near "FORM": syntax error, at character 10 of: ${sql}`);
  return true;
});
assert.throws(() => db.exec("SELECT 'é'; SELECT nope FROM t"), {
  offset: 19, message: /^no such column: nope, at character 20 of:/,
});
for (const [insert, errcode, message] of [
  ["(1, 'x'), (1, 'y')", 1555, 'UNIQUE constraint failed: t.a'],
  ["(1, 'x'), (2, 'x')", 2067, 'UNIQUE constraint failed: t.b'],
  ['(1, NULL)', 1299, 'NOT NULL constraint failed: t.b'],
  ["('one', 'x')", 3091, 'cannot store TEXT value in INT column t.a'],
]) {
  const wrong = db.prepare(`INSERT INTO t VALUES ${insert}`);
  assert.throws(() => wrong.run(), { code: 'ERR_SQLITE_ERROR', errcode, message });
}
assert.strictEqual(db.query('SELECT count(*) AS n FROM t').get().n, 0);

// Foreign keys are looked at.
db.exec("CREATE TABLE u (a REFERENCES t); INSERT INTO t VALUES (1, 'x')");
assert.throws(() => db.exec('INSERT INTO u VALUES (2)'), { errcode: 787 });

// A database that is full.
db.exec('PRAGMA max_page_count = 5');
assert.throws(() => db.prepare("INSERT INTO t VALUES (2, ?)").run('x'.repeat(100_000)), {
  errcode: 13, message: 'database or disk is full',
});

// Double quotes are for names.
assert.throws(() => db.prepare('SELECT "text"'), { message: /no such column: "?text"?/ });

db.close();
for (const call of [
  () => db.exec('SELECT 1'), () => db.prepare('SELECT 1'), () => db.close(), () => db.isTransaction,
  () => db.query('SELECT 1'),
]) {
  assert.throws(call, { code: 'ERR_INVALID_STATE', message: 'database is not open' });
}
