// A BYOB reader has the stream fill its own buffer, which it gets back as a new view.

import assert from 'assert';

let controller;
const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
const reader = stream.getReader({ mode: 'byob' });
assert(reader instanceof ReadableStreamBYOBReader);
const room = new Uint8Array(8);
const read = reader.read(room.subarray(2, 6));
assert.strictEqual(room.length, 0);
controller.enqueue(new Uint8Array([1, 2]));
const { value, done } = await read;
assert.deepStrictEqual([done, value.constructor, value.byteOffset, [...value]], [
  false, Uint8Array, 2, [1, 2],
]);
assert.strictEqual(value.buffer.byteLength, 8);

// What is too much for one waits for the next.
controller.enqueue(new Uint8Array([3, 4, 5, 6, 7]));
assert.deepStrictEqual([...(await reader.read(new Uint8Array(3))).value], [3, 4, 5]);
const wide = await reader.read(new Uint16Array(4));
assert.deepStrictEqual([wide.value.constructor, wide.value.byteLength], [Uint16Array, 2]);

const last = reader.read(new Uint8Array(1));
controller.close();
controller.byobRequest.respond(0);
assert.deepStrictEqual(await last, { value: new Uint8Array(0), done: true });
const behind = await reader.read(new Uint8Array(5));
assert.strictEqual(behind.done, true);
assert.strictEqual(behind.value.buffer.byteLength, 5);
