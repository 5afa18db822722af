// Nothing is transformed before somebody reads.

import assert from 'assert';

const log = [];
const { readable, writable } = new TransformStream({
  transform(chunk, controller) {
    log.push(chunk);
    controller.enqueue(chunk);
  },
});
const writer = writable.getWriter();
const settle = () => new Promise((resolve) => setTimeout(resolve));
assert.strictEqual(writer.desiredSize, 1);
writer.write('a');
writer.write('b');
await settle();
assert.deepStrictEqual(log, []);
assert.strictEqual(writer.desiredSize, -1);
const reader = readable.getReader();
await reader.read();
await settle();
assert.deepStrictEqual(log, ['a']);

const eager = new TransformStream({}, {}, { highWaterMark: 2 });
const ahead = eager.writable.getWriter();
await Promise.all([ahead.write(1), ahead.write(2)]);
