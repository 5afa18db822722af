// A few bytes that become very many are inflated as somebody reads, piece by piece.

import assert from 'assert';

const zeros = new Uint8Array(2 ** 20);
let count = 0;
const source = new ReadableStream({
  pull(controller) {
    count += 1;
    if (count <= 64) controller.enqueue(zeros);
    else controller.close();
  },
});
const packed = [];
for await (const part of source.pipeThrough(new CompressionStream('gzip'))) packed.push(part);
const bomb = new Blob(packed);
assert(bomb.size < 70_000);

const reader = bomb.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
let longest = 0;
let total = 0;
for (let part = 0; part < 20; part++) {
  const { value } = await reader.read();
  longest = Math.max(longest, value.length);
  total += value.length;
}
assert(longest <= 65536, `${longest}`);
assert(total <= 20 * 65536);
await reader.cancel('enough');
assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
