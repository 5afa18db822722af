// The number of a timer clears it, and never means another one.
import assert from 'assert';

const first = Number(setTimeout(() => assert.fail('cleared by its number'), 1));
clearTimeout(first);
let fired = false;
const timers = Array.from({ length: 1000 }, () => setTimeout(() => {}, 1));
const second = setTimeout(() => {
  fired = true;
}, 1);
assert.notStrictEqual(Number(second), first);
clearTimeout(first);
clearTimeout(`${first}`);
for (const timer of timers) clearTimeout(timer);
await new Promise((done) => setTimeout(done, 5));
assert.ok(fired);
assert.strictEqual(Number(second), Number(second));
const text = setTimeout(() => assert.fail('cleared by its number as text'), 1);
clearTimeout(`${+text}`);
