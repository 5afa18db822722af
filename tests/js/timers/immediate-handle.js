// An immediate can be cleared from another one, and holds the process while it waits.
import assert from 'assert';

const { promise, resolve } = Promise.withResolvers();
setImmediate(() => {
  clearImmediate(second);
  setImmediate(resolve);
});
const second = setImmediate(() => assert.fail('cleared'));
const third = setImmediate(() => assert.strictEqual(third.hasRef(), false));
assert.strictEqual(third.hasRef(), true);
assert.strictEqual(third.unref(), third);
assert.strictEqual(third.hasRef(), false);
third.ref();
assert.throws(() => third.ref.call({}), TypeError);
await promise;
