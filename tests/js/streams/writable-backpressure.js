// `ready` is pending while the queue is full, and desiredSize says how full.

import assert from 'assert';

let release;
const stream = new WritableStream(
  { write: () => new Promise((resolve) => { release = resolve; }) },
  { highWaterMark: 3, size: (chunk) => chunk.length },
);
const writer = stream.getWriter();
await writer.ready;
assert.strictEqual(writer.desiredSize, 3);
const free = writer.ready;
writer.write('ab');
assert.strictEqual(writer.ready, free);
assert.strictEqual(writer.desiredSize, 1);
writer.write('cd');
assert.strictEqual(writer.desiredSize, -1);
const full = writer.ready;
assert.notStrictEqual(full, free);
await null;
release();
await full;
assert.strictEqual(writer.desiredSize, 1);
assert.strictEqual(writer.ready, full);
