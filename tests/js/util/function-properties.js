// The functions that wrap one carry its properties on.
import assert from 'assert';
import { callbackify, deprecate, promisify } from 'util';

function original(a, b, callback) {
  callback(null, a + b);
}
original.extra = 1;
const promised = promisify(original);
assert.deepStrictEqual([promised.name, promised.length, promised.extra], ['original', 3, 1]);
assert.strictEqual(promisify(promised), promised);
async function later(a) {
  return a;
}
const called = callbackify(later);
assert.deepStrictEqual([called.name, called.length], ['laterCallbackified', 2]);
const { promise, resolve } = Promise.withResolvers();
callbackify(() => Promise.reject(null))((error) => resolve(error));
const falsy = await promise;
assert.deepStrictEqual([falsy.code, falsy.reason], ['ERR_FALSY_VALUE_REJECTION', null]);

class Old {
  static made = true;
}
process.noDeprecation = false;
const Warned = deprecate(Old, 'Old is old', 'TEST01');
assert.ok(new Warned() instanceof Old);
assert.strictEqual(Warned.made, true);
assert.throws(() => deprecate(() => {}, 'x', 5), { code: 'ERR_INVALID_ARG_TYPE' });
