// The branches of a byte stream have bytes of their own, and may be read into buffers.

import assert from 'assert';

const [one, two] = new ReadableStream({
  type: 'bytes',
  start(controller) {
    controller.enqueue(new Uint8Array([1, 2, 3, 4]));
    controller.close();
  },
}).tee();
const [first, second] = [one.getReader({ mode: 'byob' }), two.getReader()];
const chunk = (await first.read(new Uint8Array(3))).value;
assert.deepStrictEqual([...chunk], [1, 2, 3]);
chunk.fill(0);
assert.deepStrictEqual([...(await second.read()).value], [1, 2, 3]);
assert.deepStrictEqual([...(await first.read(new Uint8Array(3))).value], [4]);
assert.deepStrictEqual([...(await second.read()).value], [4]);
assert.strictEqual((await first.read(new Uint8Array(3))).done, true);
assert.strictEqual((await second.read()).done, true);

let controller;
const broken = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
const readers = broken.tee().map((branch) => branch.getReader());
controller.error('broken');
for (const reader of readers) {
  await assert.rejects(reader.read(), (reason) => reason === 'broken');
}
