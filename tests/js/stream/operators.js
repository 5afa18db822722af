// The methods of iterators: in order, several at once, and cut short by a signal.
import assert from 'assert';
import { Readable } from 'stream';

const numbers = () => Readable.from([1, 2, 3, 4]);
assert.deepEqual(await numbers().map((number) => number * 2).toArray(), [2, 4, 6, 8]);
assert.deepEqual(await numbers().filter((number) => number % 2).toArray(), [1, 3]);
const pairs = numbers().flatMap((number) => [number, -number]);
assert.deepEqual(await pairs.take(3).toArray(), [1, -1, 2]);
assert.deepEqual(await numbers().drop(1).take(2).toArray(), [2, 3]);
assert.equal(await numbers().reduce((sum, number) => sum + number), 10);
assert.equal(await numbers().reduce((sum, number) => sum + number, 5), 15);
assert.equal(await numbers().some((number) => number > 3), true);
assert.equal(await numbers().every((number) => number > 3), false);
assert.equal(await numbers().find((number) => number > 2), 3);
const seen = [];
await numbers().forEach((number) => seen.push(number));
assert.deepEqual(seen, [1, 2, 3, 4]);

let running = 0;
let most = 0;
const slow = async (number) => {
  most = Math.max(most, ++running);
  await new Promise(setImmediate);
  running--;
  return number;
};
assert.deepEqual(await numbers().map(slow, { concurrency: 2 }).toArray(), [1, 2, 3, 4]);
assert.equal(most, 2);

await assert.rejects(numbers().map(() => {
  throw new Error('no');
}).toArray(), { message: 'no' });
await assert.rejects(Readable.from([]).reduce(() => {}), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => numbers().map('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => numbers().take(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => numbers().map(slow, { concurrency: 0 }), { code: 'ERR_OUT_OF_RANGE' });
await assert.rejects(numbers().toArray({ signal: AbortSignal.abort() }), { name: 'AbortError' });
