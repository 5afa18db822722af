// `global` is the global object, as in Node.js, and an ordinary property of it.
import assert from 'assert';

assert.equal(global, globalThis);
assert.deepEqual(Object.getOwnPropertyDescriptor(globalThis, 'global'), {
  value: globalThis, writable: true, enumerable: true, configurable: true,
});
global.answer = 42;
assert.equal(globalThis.answer, 42);
global.global = 1;
assert.equal(globalThis.global, 1);
