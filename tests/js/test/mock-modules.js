// `mock.module` has other exports stand for those of a module, for whoever imports it from then on.

import assert from 'node:assert';
import test from 'node:test';

test('a built-in', async (t) => {
  const mocked = t.mock.module('node:os', {
    defaultExport: { hostname: () => 'default' },
    namedExports: { hostname: () => 'named' },
  });
  const os = await import('node:os');
  assert.strictEqual(os.hostname(), 'named');
  assert.strictEqual(os.default.hostname(), 'default');
  mocked.restore();
});

test('what there is not', (t) => {
  assert.throws(() => t.mock.module('./nowhere.js'), { code: 'ERR_MODULE_NOT_FOUND' });
  assert.throws(() => t.mock.module(5), { code: 'ERR_INVALID_ARG_TYPE' });
  const wrong = { namedExports: 5 };
  assert.throws(() => t.mock.module('node:os', wrong), { code: 'ERR_INVALID_ARG_TYPE' });
});

test('it is the real one after the test', async () => {
  const { default: url } = await import('node:url');
  assert.strictEqual(typeof url.fileURLToPath, 'function');
});
