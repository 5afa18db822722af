// A strategy weighs chunks; one that throws or gives no size fails the stream.

import assert from 'assert';

let controller;
const start = (c) => { controller = c; };
new ReadableStream({ start }, { highWaterMark: 10, size: (chunk) => chunk.length });
controller.enqueue('four');
assert.strictEqual(controller.desiredSize, 6);
controller.enqueue('seven..');
assert.strictEqual(controller.desiredSize, -1);

for (const size of [() => -1, () => NaN, () => Infinity, () => { throw new RangeError('mine'); }]) {
  const stream = new ReadableStream({ start }, { size });
  let thrown;
  assert.throws(() => controller.enqueue('x'), (error) => {
    thrown = error;
    return error instanceof RangeError;
  });
  await assert.rejects(stream.getReader().read(), (reason) => reason === thrown);
}
for (const highWaterMark of [-1, NaN, 'much']) {
  assert.throws(() => new ReadableStream({}, { highWaterMark }), RangeError);
}
new ReadableStream({}, { highWaterMark: Infinity });
// Bytes have one size.
const bytes = { type: 'bytes' };
assert.throws(() => new ReadableStream(bytes, { size: () => 1 }), RangeError);
