// promisify: a promise instead of a callback.
import assert from 'assert';
import { callbackify, promisify } from 'util';

const later = promisify((value, callback) => process.nextTick(callback, null, value + 1));
assert.strictEqual(await later(1), 2);
const failing = promisify((callback) => callback(new Error('no')));
await assert.rejects(failing(), /no/);
const special = () => {};
special[promisify.custom] = () => Promise.resolve('custom');
assert.strictEqual(await promisify(special)(), 'custom');
const [error, value] = await new Promise((resolve) => {
  callbackify(async () => 5)((...values) => resolve(values));
});
assert.deepStrictEqual([error, value], [null, 5]);
