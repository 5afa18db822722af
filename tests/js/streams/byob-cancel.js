// Cancelling ends a read into a buffer without it, and closing in the middle of an element fails.

import assert from 'assert';

const log = [];
const stream = new ReadableStream({ type: 'bytes', cancel: (reason) => log.push(reason) });
const reader = stream.getReader({ mode: 'byob' });
const read = reader.read(new Uint8Array(4));
await reader.cancel('why');
assert.deepStrictEqual(await read, { value: undefined, done: true });
assert.deepStrictEqual(log, ['why']);

let controller;
const broken = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
const wide = broken.getReader({ mode: 'byob' });
const pending = wide.read(new Uint16Array(2));
controller.enqueue(new Uint8Array(3));
assert.strictEqual((await pending).value.length, 1);
const half = wide.read(new Uint16Array(2));
assert.throws(() => controller.close(), TypeError);
await assert.rejects(half, TypeError);
