// Values go in and come out as what they were, or as an error.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const db = new Database();
const one = db.prepare('SELECT ?1 AS v, typeof(?1) AS t');
for (const [value, type] of [
  [null, 'null'], [0, 'integer'], [-5, 'integer'], [2 ** 40, 'integer'], [2 ** 53 - 1, 'integer'],
  [-(2 ** 53) + 1, 'integer'], [1.5, 'real'], [2 ** 53, 'real'], [1e300, 'real'],
  [-0, 'real'], [Infinity, 'real'], ['', 'text'], ['hello', 'text'], ['é', 'text'],
  ['水🙂\0x', 'text'],
]) {
  const row = one.get(value);
  assert(Object.is(row.v, value), String(value));
  assert.strictEqual(row.t, type, String(value));
}
assert.strictEqual(one.get(NaN).v, null);
assert.strictEqual(one.get(true).v, 1);
assert.strictEqual(one.get(false).v, 0);

const bytes = new Uint8Array([0, 1, 255]);
for (const blob of [bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(bytes)]) {
  const row = one.get(blob);
  assert.strictEqual(row.t, 'blob');
  assert(row.v instanceof Uint8Array);
  assert.deepStrictEqual(Array.from(row.v), [0, 1, 255]);
}
assert.strictEqual(one.get(new Uint8Array(0)).v.length, 0);

// Integers beyond what a number can tell apart.
const large = db.prepare('SELECT ?1 AS v');
assert.strictEqual(large.get(7n).v, 7);
assert.throws(() => large.get(2n ** 53n), {
  name: 'RangeError',
  code: 'ERR_OUT_OF_RANGE',
  message: 'Value is too large to be represented as a JavaScript number: 9007199254740992',
});
large.setReadBigInts(true);
assert.strictEqual(large.get(2n ** 63n - 1n).v, 2n ** 63n - 1n);
assert.strictEqual(large.get(-(2n ** 63n)).v, -(2n ** 63n));
assert.strictEqual(large.get(1).v, 1n);
assert.strictEqual(large.get(1.5).v, 1.5);
const big = new Database(':memory:', { bigints: true });
big.exec('CREATE TABLE t (a)');
assert.deepStrictEqual(big.prepare('INSERT INTO t VALUES (1)').run(), {
  changes: 1n, lastInsertRowid: 1n,
});

// Text that is no UTF-8 is shown with replacement characters.
assert.strictEqual(db.prepare("SELECT CAST(x'61ff62' AS TEXT) AS v").get().v, 'a\ufffdb');

// A result that is too large ends before it fills the memory.
const small = new Database(':memory:', { maxResultBytes: 1000 });
const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
for (const call of ['all', 'values']) {
  assert.throws(() => small.prepare(many)[call](), {
    code: 'ERR_BUFFER_TOO_LARGE',
    message: 'the result has more than 1000 bytes: use iterate()',
  });
}
let count = 0;
for (const { i } of small.query(many).iterate()) {
  count += 1;
  if (i === 1000) break;
}
assert.strictEqual(count, 1000);
