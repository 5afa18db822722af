// error() drops what waits and fails reads and `closed`; so does a pull that throws or rejects.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;

for (const fail of [
  (reason) => new ReadableStream({ start: (c) => { c.enqueue(1); c.error(reason); } }),
  (reason) => new ReadableStream({ pull() { throw reason; } }),
  (reason) => new ReadableStream({ pull: () => Promise.reject(reason) }),
]) {
  const reason = new Error('broken');
  const reader = fail(reason).getReader();
  await assert.rejects(reader.read(), is(reason));
  await assert.rejects(reader.closed, is(reason));
  await assert.rejects(reader.cancel(), is(reason));
}

// Once it has failed or is closed, error() changes nothing.
let controller;
const stream = new ReadableStream({ start(c) { controller = c; } });
const reader = stream.getReader();
const read = reader.read();
controller.error('first');
controller.error('second');
await assert.rejects(read, is('first'));
assert.strictEqual(controller.desiredSize, null);
