// Rows one by one: the statement is theirs until it begins again.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)');
const all = db.prepare('SELECT a FROM t ORDER BY a');

const seen = [];
for (const { a } of all.iterate()) {
  seen.push(a);
  // Other statements may do what they like meanwhile.
  db.query('SELECT a FROM t').all();
  if (a === 2) break;
}
assert.deepStrictEqual(seen, [1, 2]);
assert.deepStrictEqual(Array.from(all.iterate()).length, 3);

const first = all.iterate();
assert.deepStrictEqual(first.next(), { done: false, value: { a: 1 } });
const second = all.iterate();
assert.deepStrictEqual(second.next().value, { a: 1 });
assert.throws(() => first.next(), { code: 'ERR_INVALID_STATE', message: /iterator was invalidated/ });
assert.deepStrictEqual(second.next().value, { a: 2 });
assert.deepStrictEqual(second.return(), { done: true, value: undefined });
assert.deepStrictEqual(all.all().length, 3);

// Parameters are checked at once.
assert.throws(() => all.iterate(1), { code: 'ERR_INVALID_ARG_VALUE' });

// An end in the middle: of the statement, and of the database.
const rows = all.iterate();
rows.next();
all.finalize();
assert.throws(() => rows.next(), { message: 'statement has been finalized' });
const others = db.prepare('SELECT a FROM t').iterate();
others.next();
db.close();
assert.throws(() => others.next(), { message: 'database is not open' });
