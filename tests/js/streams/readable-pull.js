// pull is called while the queue is below the high water mark, once at a time, and again if it was
// asked for meanwhile.

import assert from 'assert';

const sizes = [];
let pulls = 0;
let release;
const stream = new ReadableStream({
  start(controller) {
    assert.strictEqual(controller.desiredSize, 3);
  },
  pull(controller) {
    pulls += 1;
    controller.enqueue(pulls);
    sizes.push(controller.desiredSize);
    return new Promise((resolve) => { release = resolve; });
  },
}, { highWaterMark: 3 });
const settle = () => new Promise((resolve) => setTimeout(resolve));

await settle();
assert.deepStrictEqual(sizes, [2]);
for (const count of [2, 3, 3]) {
  release();
  await settle();
  assert.strictEqual(pulls, count);
}
assert.deepStrictEqual(sizes, [2, 1, 0]);
const reader = stream.getReader();
assert.strictEqual((await reader.read()).value, 1);
await settle();
assert.strictEqual(pulls, 4);
