// The same in the shape that Node.js has given it.
import assert from 'assert';
import { Database } from 'krandog:sqlite';
import sqlite, { DatabaseSync, StatementSync } from 'node:sqlite';

assert.strictEqual(sqlite.DatabaseSync, DatabaseSync);
const db = new DatabaseSync(':memory:');
assert(!(db instanceof Database));
db.exec('CREATE TABLE data (key INTEGER PRIMARY KEY, value TEXT) STRICT');
const insert = db.prepare('INSERT INTO data (key, value) VALUES (?, ?)');
assert.deepStrictEqual(insert.run(1, 'hello'), { changes: 1, lastInsertRowid: 1 });
insert.run(2, 'world');
const all = db.prepare('SELECT * FROM data ORDER BY key');
assert(all instanceof StatementSync);
const rows = all.all();
assert.strictEqual(Object.getPrototypeOf(rows[0]), null);
assert.deepStrictEqual(rows.map((row) => ({ ...row })), [
  { key: 1, value: 'hello' }, { key: 2, value: 'world' },
]);
const iterator = all.iterate();
assert.strictEqual(iterator[Symbol.iterator](), iterator);
assert.deepStrictEqual(iterator.map((row) => row.value).toArray(), ['hello', 'world']);
for (const row of all.iterate()) {
  assert.strictEqual(row.key, 1);
  break;
}
all.setReturnArrays(true);
assert.deepStrictEqual(all.get(), [1, 'hello']);
all.setReadBigInts(true);
assert.deepStrictEqual(all.get(), [1n, 'hello']);

// What is missing is NULL; booleans are refused; names may have to be whole.
const named = db.prepare('SELECT $a AS a');
assert.strictEqual(named.get({ $a: 1 }).a, 1);
assert.strictEqual(named.get({ a: 1 }).a, 1);
assert.strictEqual(named.get().a, null);
assert.throws(() => named.get({ b: 1 }), {
  code: 'ERR_INVALID_STATE', message: "Unknown named parameter 'b'",
});
named.setAllowUnknownNamedParameters(true);
assert.strictEqual(named.get({ b: 1 }).a, null);
named.setAllowUnknownNamedParameters(false);
named.setAllowBareNamedParameters(false);
assert.throws(() => named.get({ a: 1 }), { code: 'ERR_INVALID_STATE' });
assert.throws(() => insert.run(true, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => insert.run(3, 4, 5), { errcode: 25 });
assert.throws(() => db.prepare('SELECT x FORM'), {
  message: 'no such column: x', code: 'ERR_SQLITE_ERROR', errcode: 1, errstr: 'SQL logic error',
});
assert.strictEqual(db.isTransaction, false);
assert.strictEqual(db.location(), null);

db.close();
assert.throws(() => all.all(), { message: 'database is not open' });
assert.throws(() => db.close(), { message: 'database is not open' });
db.open();
assert.throws(() => db.open(), { message: 'database is already open' });
assert.throws(() => all.all(), { message: 'statement has been finalized' });
assert.throws(() => new StatementSync(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
const later = new DatabaseSync(':memory:', { open: false });
assert.strictEqual(later.isOpen, false);
assert.throws(() => later.exec('SELECT 1'), { message: 'database is not open' });
assert.throws(() => new DatabaseSync(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => later.loadExtension('x'), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
await assert.rejects(import('sqlite'), { code: 'ERR_MODULE_NOT_FOUND' });
