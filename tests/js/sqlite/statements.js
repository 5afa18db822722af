// Statements: run, get, all, values and iterate, with parameters by place and by name.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
db.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, age INTEGER); SELECT 1; -- end');
const insert = db.prepare('INSERT INTO people (name, age) VALUES (?, ?)');
assert.deepStrictEqual(insert.run('Ada', 36), { changes: 1, lastInsertRowid: 1 });
assert.deepStrictEqual(insert.run('Bob', null), { changes: 1, lastInsertRowid: 2 });
const named = db.prepare('INSERT INTO people (name, age) VALUES ($name, :age)');
assert.strictEqual(named.run({ name: 'Cy', age: 7 }).lastInsertRowid, 3);
assert.strictEqual(named.run({ $name: 'Di', ':age': 8 }).lastInsertRowid, 4);

const all = db.prepare('SELECT name, age FROM people ORDER BY id');
assert.deepStrictEqual(all.get(), { name: 'Ada', age: 36 });
assert.deepStrictEqual(all.all(), [
  { name: 'Ada', age: 36 }, { name: 'Bob', age: null }, { name: 'Cy', age: 7 }, { name: 'Di', age: 8 },
]);
assert.deepStrictEqual(all.values().slice(0, 2), [['Ada', 36], ['Bob', null]]);
assert.deepStrictEqual(Array.from(all, (row) => row.name), ['Ada', 'Bob', 'Cy', 'Di']);
assert.strictEqual(db.prepare('SELECT * FROM people WHERE id = ?').get(99), undefined);
assert.deepStrictEqual(db.prepare('SELECT * FROM people WHERE id = ?').all(99), []);
assert.deepStrictEqual(db.prepare('SELECT ?2 AS b, ?1 AS a').get('x', 'y'), { b: 'y', a: 'x' });
assert.deepStrictEqual(db.prepare('SELECT :n AS n, ? AS m').get({ n: 1 }, 2), { n: 1, m: 2 });
assert.deepStrictEqual(db.prepare('DELETE FROM people WHERE age < 10').run().changes, 2);
assert.strictEqual(db.prepare('SELECT count(*) FROM people').run().changes, 0);
assert.deepStrictEqual(
  db.prepare('INSERT INTO people (name) VALUES (?) RETURNING id, name').get('Eve'),
  { id: 3, name: 'Eve' },
);

// The same statement again, and one of each SQL.
assert.strictEqual(db.query('SELECT 1'), db.query('SELECT 1'));
assert.notStrictEqual(db.prepare('SELECT 1'), db.prepare('SELECT 1'));

const info = db.prepare('SELECT id, name AS n, 1 + 1 FROM people WHERE id = ?');
assert.deepStrictEqual(info.columns(), [
  { column: 'id', database: 'main', name: 'id', table: 'people', type: 'INTEGER' },
  { column: 'name', database: 'main', name: 'n', table: 'people', type: 'TEXT' },
  { column: null, database: null, name: '1 + 1', table: null, type: null },
]);
assert.strictEqual(info.sourceSQL, 'SELECT id, name AS n, 1 + 1 FROM people WHERE id = ?');
info.get(3);
assert.match(info.expandedSQL, /WHERE id = 3$/);

// A table that changes: the rows have the columns of now.
const star = db.prepare('SELECT * FROM people WHERE id = 1');
assert.deepStrictEqual(Object.keys(star.get()), ['id', 'name', 'age']);
db.exec('ALTER TABLE people RENAME COLUMN age TO years; ALTER TABLE people ADD COLUMN more');
assert.deepStrictEqual(Object.keys(star.get()), ['id', 'name', 'years', 'more']);

// What is wrong with parameters is told.
const one = db.prepare('SELECT ? AS a');
for (const wrong of [[], [1, 2]]) {
  assert.throws(() => one.get(...wrong), {
    code: 'ERR_INVALID_ARG_VALUE',
    message: `the statement has 1 parameter, and got ${wrong.length} values`,
  });
}
assert.throws(() => db.prepare('SELECT $a').get({ b: 1 }), {
  code: 'ERR_INVALID_STATE', message: "Unknown named parameter 'b'",
});
for (const wrong of [undefined, Symbol('x'), () => 1, [1]]) {
  assert.throws(() => one.get(wrong), {
    code: 'ERR_INVALID_ARG_TYPE',
    message: 'Provided value cannot be bound to SQLite parameter 1.',
  });
}
assert.throws(() => one.get(2n ** 63n), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(one.get('still here').a, 'still here');

// The first of several statements would not be all.
assert.throws(() => db.prepare('SELECT 1; SELECT 2'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => db.prepare(' -- nothing'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => db.prepare(1), { code: 'ERR_INVALID_ARG_TYPE' });
