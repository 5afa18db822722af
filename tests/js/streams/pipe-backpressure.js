// A pipe reads no more than the destination takes.

import assert from 'assert';

let made = 0;
let release;
const source = new ReadableStream({
  pull(controller) {
    made += 1;
    controller.enqueue(made);
  },
}, { highWaterMark: 0 });
const written = [];
const destination = new WritableStream({
  write(chunk) {
    written.push(chunk);
    return new Promise((resolve) => { release = resolve; });
  },
}, { highWaterMark: 2 });
source.pipeTo(destination);
const settle = () => new Promise((resolve) => setTimeout(resolve));
await settle();
assert.deepStrictEqual([made, written], [2, [1]]);
release();
await settle();
assert.deepStrictEqual([made, written], [3, [1, 2]]);
