// A byte stream hands out Uint8Arrays whose buffers it took over.

import assert from 'assert';

const given = new Uint16Array([0x0201, 0x0403, 0x0605]).subarray(1);
let controller;
const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
assert(controller instanceof ReadableByteStreamController);
assert.strictEqual(controller.desiredSize, 0);
assert.strictEqual(controller.byobRequest, null);
controller.enqueue(given);
assert.strictEqual(given.length, 0);
assert.strictEqual(controller.desiredSize, -4);
for (const chunk of [given, 'text', new Uint8Array(0), [1], null]) {
  assert.throws(() => controller.enqueue(chunk), TypeError);
}
const reader = stream.getReader();
const { value } = await reader.read();
assert(value instanceof Uint8Array);
assert.deepStrictEqual([...value], [3, 4, 5, 6]);
assert.strictEqual(value.byteOffset, 2);
const pending = reader.read();
controller.enqueue(new DataView(new Uint8Array([9]).buffer));
assert.deepStrictEqual([...(await pending).value], [9]);
controller.close();
assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
