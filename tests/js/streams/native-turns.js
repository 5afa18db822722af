// Whoever reads what is there already lets others have their turn, and memory is used again.

import assert from 'assert';

const size = 32 * 1024 * 1024;
const blob = new Blob([new Uint8Array(size)]);
let turns = 0;
const others = setInterval(() => {
  turns += 1;
}, 0);
const before = process.memoryUsage.rss();
let read = 0;
for (let round = 0; round < 4; round += 1) {
  for await (const chunk of blob.stream()) read += chunk.length;
}
clearInterval(others);
assert.strictEqual(read, 4 * size);
assert(turns > 10, `${turns}`);
const grown = process.memoryUsage.rss() - before;
assert(grown < 64 * 1024 * 1024, `${grown}`);
