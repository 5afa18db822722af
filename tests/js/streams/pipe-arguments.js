// What pipeTo() and pipeThrough() take.

import assert from 'assert';

const fresh = () => ReadableStream.from(['x']);
for (const wrong of [undefined, null, {}, fresh()]) {
  await assert.rejects(fresh().pipeTo(wrong), TypeError);
}
const { readable, writable } = new TransformStream();
for (const wrong of [undefined, null, {}, { readable }, { writable }, { readable, writable: {} }]) {
  assert.throws(() => fresh().pipeThrough(wrong), TypeError);
}
const seen = [];
const options = new Proxy({}, { get(_, name) { seen.push(name); } });
await fresh().pipeTo(new WritableStream(), options);
assert.deepStrictEqual(seen, ['preventAbort', 'preventCancel', 'preventClose', 'signal']);
// A pipe that fails in passing is reported at the ends, and not as a rejection of its own.
const failing = new ReadableStream({ pull() { throw 'source'; } });
await assert.rejects(failing.pipeThrough({ readable, writable }).getReader().read(),
  (reason) => reason === 'source');
