// Functions and aggregates in JavaScript, and what they may do.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
const one = (sql, ...given) => db.query(sql).values(...given)[0][0];

db.function('twice', (x) => x * 2);
assert.strictEqual(one('SELECT twice(21)'), 42);
db.function('joined', { varargs: true }, (...all) => all.join('-'));
assert.strictEqual(one("SELECT joined('a', 1, null, 2.5)"), 'a-1--2.5');
db.function('none', () => undefined);
assert.strictEqual(one('SELECT none()'), null);
db.function('bytes', (x) => Uint8Array.from(x).reverse());
assert.deepStrictEqual(Array.from(one("SELECT bytes(x'0102')")), [2, 1]);
db.function('large', { useBigIntArguments: true }, (x) => x + 1n);
assert.strictEqual(one('SELECT large(41)'), 42);
assert.throws(() => one('SELECT twice(1, 2)'), { code: 'ERR_SQLITE_ERROR' });
db.function('twice', (x) => `${x}${x}`);
assert.strictEqual(one('SELECT twice(21)'), '2121');

// What it throws is thrown by the query.
const wrong = new RangeError('not today');
db.function('fail', () => {
  throw wrong;
});
assert.throws(() => one('SELECT fail()'), (error) => error === wrong);
assert.throws(() => db.exec('SELECT 1; SELECT fail()'), (error) => error === wrong);
assert.throws(() => Array.from(db.prepare('SELECT fail()')), (error) => error === wrong);
db.function('later', async () => 1);
assert.throws(() => one('SELECT later()'), { message: /Asynchronous user-defined/ });
db.function('odd', () => ({}));
assert.throws(() => one('SELECT odd()'), { message: /cannot be converted to a SQLite value/ });
assert.strictEqual(one('SELECT 1'), 1);

// It may ask the database, but neither close it nor begin the statement that calls it.
db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)');
db.function('sum_to', (x) => db.query('SELECT sum(a) FROM t WHERE a <= ?').values(x)[0][0]);
assert.deepStrictEqual(db.query('SELECT sum_to(a) FROM t').values().flat(), [1, 3, 6]);
db.function('put', (x) => db.query('INSERT INTO t VALUES (?)').run(x + 10).changes);
assert.strictEqual(one('SELECT put(5)'), 1);
assert.strictEqual(one('SELECT count(*) FROM t'), 4);
db.function('shut', () => db.close());
assert.throws(() => one('SELECT shut()'), { code: 'ERR_INVALID_STATE', message: /while a query/ });
let self;
db.function('again', () => self.all());
self = db.prepare('SELECT again()');
assert.throws(() => self.all(), { code: 'ERR_INVALID_STATE', message: 'the statement is running' });
db.function('finish', () => self.finalize());
self = db.prepare('SELECT finish()');
assert.throws(() => self.all(), { code: 'ERR_INVALID_STATE', message: 'the statement is running' });
db.function('deep', (x) => db.prepare('SELECT deep(?)').get(x + 1));
assert.throws(() => one('SELECT deep(0)'), { name: 'RangeError' });
assert(db.isOpen);

// Aggregates.
db.aggregate('product', { start: 1, step: (product, x) => product * x });
assert.strictEqual(one('SELECT product(a) FROM t WHERE a < 10'), 6);
assert.strictEqual(one('SELECT product(a) FROM t WHERE a > 100'), 1);
db.aggregate('list', {
  start: () => [],
  step: (all, x) => [...all, x],
  result: (all) => JSON.stringify(all),
});
assert.deepStrictEqual(
  db.query('SELECT list(a) FROM t GROUP BY a % 2 ORDER BY 1').values().flat(),
  ['[1,3,15]', '[2]'],
);
db.aggregate('moving', {
  start: 0,
  step: (sum, x) => sum + x,
  inverse: (sum, x) => sum - x,
});
const moving = db.query(`SELECT moving(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  FROM t`);
assert.deepStrictEqual(moving.values().flat(), [1, 3, 5, 18]);
db.aggregate('broken', {
  start: 0,
  step(sum, x) {
    throw wrong;
  },
});
assert.throws(() => one('SELECT broken(a) FROM t'), (error) => error === wrong);
assert.strictEqual(db.query('SELECT list(a) FROM t GROUP BY a').get()['list(a)'], '[1]');
assert.throws(() => db.aggregate('x', {}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => db.function('x', 5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => db.function('x', { deterministik: true }, () => 1), {
  message: /did you mean deterministic\?/,
});

// A deterministic function may be called while a statement is prepared, and in an index.
db.function('half', { deterministic: true }, (x) => x / 2);
db.exec('CREATE INDEX halves ON t (half(a)); ANALYZE');
assert.deepStrictEqual(db.query('SELECT a FROM t WHERE half(a) = half(2)').values(), [[2]]);
db.close();
