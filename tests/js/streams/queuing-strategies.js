// CountQueuingStrategy counts chunks, ByteLengthQueuingStrategy their bytes.

import assert from 'assert';

const count = new CountQueuingStrategy({ highWaterMark: 4 });
const bytes = new ByteLengthQueuingStrategy({ highWaterMark: '16' });
assert.deepStrictEqual([count.highWaterMark, bytes.highWaterMark], [4, 16]);
assert.strictEqual(count.size(new Uint8Array(9)), 1);
assert.strictEqual(bytes.size(new Uint8Array(9)), 9);
assert.strictEqual(bytes.size({ byteLength: 'any' }), 'any');
assert.throws(() => bytes.size(), TypeError);
assert.strictEqual(count.size, new CountQueuingStrategy({ highWaterMark: 1 }).size);
assert.deepStrictEqual([count.size.name, count.size.length, bytes.size.length], ['size', 0, 1]);
for (const Class of [CountQueuingStrategy, ByteLengthQueuingStrategy]) {
  for (const init of [undefined, null, 1, {}]) assert.throws(() => new Class(init), TypeError);
  assert(Number.isNaN(new Class({ highWaterMark: 'x' }).highWaterMark));
}
const stream = new WritableStream({}, bytes);
const writer = stream.getWriter();
writer.write(new Uint8Array(10));
assert.strictEqual(writer.desiredSize, 6);
