// `node:test` has no other name: `test` alone is a package's.

import assert from 'node:assert';
import { builtinModules, createRequire } from 'node:module';
import test from 'node:test';

test('the name without node: is no built-in', async () => {
  await assert.rejects(import('test'), { code: 'ERR_MODULE_NOT_FOUND' });
  const require = createRequire(import.meta.url);
  assert.throws(() => require('test'), { code: 'MODULE_NOT_FOUND' });
  assert.strictEqual(require('node:test').test, test);
  assert.ok(!builtinModules.includes('test'));
});
