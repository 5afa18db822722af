// A stream has one reader at a time; releasing it rejects its reads and frees the stream.

import assert from 'assert';

let controller;
const stream = new ReadableStream({ start(c) { controller = c; } });
assert.strictEqual(stream.locked, false);
const first = stream.getReader();
assert.strictEqual(stream.locked, true);
for (const use of [
  () => stream.getReader(),
  () => new ReadableStreamDefaultReader(stream),
  () => stream.tee(),
  () => stream.values(),
  () => stream.pipeThrough(new TransformStream()),
]) assert.throws(use, { name: 'TypeError' });
await assert.rejects(stream.cancel(), TypeError);
await assert.rejects(stream.pipeTo(new WritableStream()), TypeError);

const pending = first.read();
const closed = first.closed;
first.releaseLock();
first.releaseLock();
await assert.rejects(pending, TypeError);
await assert.rejects(closed, TypeError);
assert.strictEqual(first.closed, closed);
await assert.rejects(first.read(), TypeError);
await assert.rejects(first.cancel(), TypeError);

const second = stream.getReader();
controller.enqueue('for the second');
assert.strictEqual((await second.read()).value, 'for the second');
// One that was settled is replaced.
controller.close();
await second.closed;
const settled = second.closed;
second.releaseLock();
assert.notStrictEqual(second.closed, settled);
await assert.rejects(second.closed, TypeError);
