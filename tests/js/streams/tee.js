// Both branches of tee() get every chunk, as each reads; the slower one keeps what waits for it.

import assert from 'assert';

const chunk = { the: 'same' };
const [one, two] = new ReadableStream({
  start(controller) {
    controller.enqueue(chunk);
    controller.enqueue('b');
    controller.close();
  },
}).tee();
const [first, second] = [one.getReader(), two.getReader()];
assert.strictEqual((await first.read()).value, chunk);
assert.strictEqual((await first.read()).value, 'b');
assert.strictEqual((await first.read()).done, true);
assert.strictEqual((await second.read()).value, chunk);
assert.strictEqual((await second.read()).value, 'b');
await Promise.all([first.closed, second.closed]);

let controller;
const broken = new ReadableStream({ start(c) { controller = c; } });
const branches = broken.tee().map((branch) => branch.getReader());
const reads = branches.map((branch) => branch.read());
controller.error('broken');
for (const read of reads) await assert.rejects(read, (reason) => reason === 'broken');
assert.strictEqual(broken.locked, true);
