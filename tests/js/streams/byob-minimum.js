// read(view, { min }) waits until it has so many elements, or the end.

import assert from 'assert';

let controller;
const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
const reader = stream.getReader({ mode: 'byob' });
const read = reader.read(new Uint16Array(4), { min: 2 });
for (const byte of [1, 2, 3]) controller.enqueue(new Uint8Array([byte]));
const isPending = Symbol();
const settled = () => new Promise((resolve) => setTimeout(() => resolve(isPending)));
assert.strictEqual(await Promise.race([read, settled()]), isPending);
controller.enqueue(new Uint8Array([4, 5]));
const { value } = await read;
assert.deepStrictEqual([...new Uint8Array(value.buffer, 0, value.byteLength)], [1, 2, 3, 4]);
// The fifth byte waits.
assert.deepStrictEqual([...(await reader.read(new Uint8Array(2))).value], [5]);

await assert.rejects(reader.read(new Uint8Array(2), { min: 0 }), TypeError);
await assert.rejects(reader.read(new Uint8Array(2), { min: 3 }), RangeError);
await assert.rejects(reader.read(new Uint16Array(2), { min: 3 }), RangeError);
const last = reader.read(new Uint8Array(4), { min: 4 });
controller.enqueue(new Uint8Array([6]));
controller.close();
controller.byobRequest.respond(0);
assert.deepStrictEqual(await last, { value: new Uint8Array([6]), done: true });
