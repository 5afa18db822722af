// A transaction does all of it or nothing, also inside of another one.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
db.exec('CREATE TABLE t (a UNIQUE)');
const insert = db.prepare('INSERT INTO t VALUES (?)');
const all = () => db.query('SELECT a FROM t ORDER BY a').values().flat();

const many = db.transaction((...values) => {
  assert(db.isTransaction);
  for (const value of values) insert.run(value);
  return values.length;
});
assert.strictEqual(many(1, 2), 2);
assert(!db.isTransaction);
assert.throws(() => many(3, 4, 1), { code: 'ERR_SQLITE_ERROR', errcode: 2067 });
assert.deepStrictEqual(all(), [1, 2]);
assert(!db.isTransaction);

const outer = db.transaction(() => {
  insert.run(5);
  assert.throws(() => many(6, 5));
  many(7);
  return 'done';
});
assert.strictEqual(outer(), 'done');
assert.deepStrictEqual(all(), [1, 2, 5, 7]);

for (const kind of ['deferred', 'immediate', 'exclusive']) many[kind](kind);
assert.strictEqual(all().length, 7);

// It ends when the function returns, so it must not be async.
const late = db.transaction(async () => insert.run(100));
assert.throws(late, { code: 'ERR_INVALID_RETURN_VALUE' });
assert(!all().includes(100));
assert.throws(() => db.transaction(1), { code: 'ERR_INVALID_ARG_TYPE' });

// One that SQLite has rolled back by itself.
const failing = db.transaction(() => insert.run(1));
db.exec('CREATE TRIGGER no BEFORE INSERT ON t WHEN NEW.a = 9 BEGIN SELECT RAISE(ROLLBACK, "no"); END'
  .replaceAll('"', "'"));
assert.throws(() => many(8, 9), { message: 'no' });
assert(!db.isTransaction);
assert(!all().includes(8));
assert.throws(failing);
