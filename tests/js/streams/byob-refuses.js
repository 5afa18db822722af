// What a BYOB reader does not read into, and streams that have none.

import assert from 'assert';

assert.throws(() => new ReadableStream().getReader({ mode: 'byob' }), TypeError);
assert.throws(() => new ReadableStreamBYOBReader(new ReadableStream()), TypeError);
const reader = new ReadableStream({ type: 'bytes' }).getReader({ mode: 'byob' });
const detached = new Uint8Array(4);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
for (const view of [undefined, 'x', {}, new ArrayBuffer(4), new Uint8Array(0), detached]) {
  await assert.rejects(reader.read(view), TypeError);
}
const pending = reader.read(new Uint8Array(1));
reader.releaseLock();
await assert.rejects(pending, TypeError);
await assert.rejects(reader.read(new Uint8Array(1)), TypeError);
await assert.rejects(reader.closed, TypeError);
