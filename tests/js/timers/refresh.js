// `refresh` arms a timer again, also from its own callback and after it has fired, but not one that
// was cleared.
import assert from 'assert';

const { promise, resolve } = Promise.withResolvers();
let calls = 0;
const timer = setTimeout(function () {
  calls += 1;
  if (calls < 3) this.refresh();
  else resolve();
}, 1);
await promise;
assert.strictEqual(calls, 3);
assert.strictEqual(timer.hasRef(), true);

const again = Promise.withResolvers();
const fired = setTimeout(() => again.resolve(), 1);
await again.promise;
const third = Promise.withResolvers();
let second = 0;
const late = setTimeout(() => {
  second += 1;
  if (second === 2) third.resolve();
}, 1);
await new Promise((done) => setTimeout(done, 5));
late.refresh();
await third.promise;

clearTimeout(fired);
fired.refresh();
const cleared = setTimeout(() => assert.fail('it was cleared'), 1);
clearTimeout(cleared);
cleared.refresh();
