// What fails a transformer fails both sides; terminate() closes one and fails the other.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
for (const transform of [
  () => { throw 'broken'; },
  () => Promise.reject('broken'),
  (_, controller) => controller.error('broken'),
]) {
  const { readable, writable } = new TransformStream({ transform });
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  const read = reader.read();
  writer.write(1).catch(is('broken'));
  await assert.rejects(read, is('broken'));
  await assert.rejects(reader.closed, is('broken'));
  await assert.rejects(writer.closed, is('broken'));
}
const flushing = new TransformStream({ flush() { throw 'no flush'; } });
const read = flushing.readable.getReader().read();
await assert.rejects(flushing.writable.close(), is('no flush'));
await assert.rejects(read, is('no flush'));

let controller;
const ended = new TransformStream({ start(c) { controller = c; } });
const [reader, writer] = [ended.readable.getReader(), ended.writable.getWriter()];
controller.terminate();
assert.strictEqual((await reader.read()).done, true);
await assert.rejects(writer.closed, TypeError);
assert.throws(() => controller.enqueue('late'), TypeError);
