// ReadableStream.from() takes what can be iterated over, and lets go of it when cancelled.

import assert from 'assert';

const all = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};
assert.deepStrictEqual(await all(ReadableStream.from([1, Promise.resolve(2)])), [1, 2]);
assert.deepStrictEqual(await all(ReadableStream.from('añ')), ['a', 'ñ']);
assert.deepStrictEqual(await all(ReadableStream.from(new Set(['x']))), ['x']);
assert.deepStrictEqual(await all(ReadableStream.from(ReadableStream.from([3]))), [3]);

const log = [];
async function* numbers() {
  try {
    for (let number = 1; ; number++) {
      log.push(number);
      yield number;
    }
  } finally {
    log.push('left');
  }
}
const reader = ReadableStream.from(numbers()).getReader();
assert.strictEqual((await reader.read()).value, 1);
await reader.cancel('why');
assert.deepStrictEqual(log, [1, 'left']);

// Nothing is asked for before somebody reads.
const unread = ReadableStream.from(numbers());
await new Promise((resolve) => setTimeout(resolve));
assert.strictEqual(log.length, 2);
assert.strictEqual(unread.locked, false);

for (const iterable of [null, undefined, 1, {}, { [Symbol.iterator]: () => 1 }]) {
  assert.throws(() => ReadableStream.from(iterable), TypeError);
}
const thrown = new Error('in next');
const failing = { [Symbol.asyncIterator]: () => ({ next() { throw thrown; } }) };
await assert.rejects(all(ReadableStream.from(failing)), (reason) => reason === thrown);
const odd = { [Symbol.asyncIterator]: () => ({ next: () => 1 }) };
await assert.rejects(all(ReadableStream.from(odd)), TypeError);
