// What a constructor takes, in the order in which it is read.

import assert from 'assert';

const seen = [];
const spied = (names, values = {}) => new Proxy({}, {
  get(_, name) {
    seen.push(name);
    return values[name];
  },
});
new ReadableStream(spied(), spied());
assert.deepStrictEqual(seen.splice(0), [
  'highWaterMark', 'size', 'autoAllocateChunkSize', 'cancel', 'pull', 'start', 'type',
]);
new WritableStream(spied(), spied());
assert.deepStrictEqual(seen.splice(0), [
  'highWaterMark', 'size', 'abort', 'close', 'start', 'type', 'write',
]);
new TransformStream(spied(), spied(), spied());
assert.deepStrictEqual(seen.splice(0), [
  'highWaterMark', 'size', 'highWaterMark', 'size',
  'cancel', 'flush', 'readableType', 'start', 'transform', 'writableType',
]);

for (const source of [null, 1, 'x', { pull: 1 }, { start: {} }, { cancel: null }, { type: 'text' }]) {
  assert.throws(() => new ReadableStream(source), TypeError);
}
for (const sink of [null, 1, { write: 1 }, { close: 'x' }]) {
  assert.throws(() => new WritableStream(sink), TypeError);
}
assert.throws(() => new WritableStream({ type: 'bytes' }), RangeError);
assert.throws(() => new TransformStream({ readableType: 'bytes' }), RangeError);
assert.throws(() => new TransformStream({ writableType: 'bytes' }), RangeError);
for (const strategy of [1, 'x', { size: 1 }]) {
  assert.throws(() => new ReadableStream({}, strategy), TypeError);
}
assert.throws(() => ReadableStream(), TypeError);
for (const mode of ['', 'default', null, 1]) {
  assert.throws(() => new ReadableStream().getReader({ mode }), TypeError);
}
