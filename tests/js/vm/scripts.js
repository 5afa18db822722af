// vm runs a text in the one realm; what needs another is an error with a name.

import assert from 'node:assert';
import vm from 'node:vm';

assert.strictEqual(vm.runInThisContext('1 + 1'), 2);
const script = new vm.Script('globalThis.counted = (globalThis.counted ?? 0) + 1', { filename: 'count.js' });
assert.deepStrictEqual([script.runInThisContext(), script.runInThisContext()], [1, 2]);
assert.throws(() => new vm.Script('a b'), SyntaxError);
assert.strictEqual(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), 3);
assert.strictEqual(vm.isContext({}), false);
for (const call of [
  () => vm.createContext({}), () => vm.runInNewContext('1'), () => script.runInContext({}),
  () => vm.runInThisContext('1', { timeout: 5 }),
]) assert.throws(call, { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
