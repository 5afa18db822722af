// A transformer makes any number of chunks of each one, and more at the end.

import assert from 'assert';

const log = [];
const transformer = {
  start(controller) {
    assert.strictEqual(this, transformer);
    assert(controller instanceof TransformStreamDefaultController);
    controller.enqueue('start');
  },
  async transform(chunk, controller) {
    for (let count = 0; count < chunk; count++) controller.enqueue(chunk);
    await null;
    log.push(chunk);
  },
  flush(controller) {
    controller.enqueue('flush');
  },
};
const { readable, writable } = new TransformStream(transformer);
const writer = writable.getWriter();
for (const chunk of [2, 0, 1]) writer.write(chunk);
const closed = writer.close();
const chunks = [];
for await (const chunk of readable) chunks.push(chunk);
assert.deepStrictEqual(chunks, ['start', 2, 2, 1, 'flush']);
assert.deepStrictEqual(log, [2, 0, 1]);
await closed;

// Without a transformer, chunks go through.
const same = new TransformStream();
const chunk = {};
same.writable.getWriter().write(chunk);
assert.strictEqual((await same.readable.getReader().read()).value, chunk);
