// createRequire finds what a file at that place would find.
import assert from 'assert';
import module, { builtinModules, createRequire, isBuiltin } from 'module';

const folder = new URL('../packages/', import.meta.url);
for (const place of [folder.href, folder, folder.pathname + 'any-file.js']) {
  const require = createRequire(place);
  assert.equal(require('plain').name, 'plain');
  assert.equal(require('./own/helper.cjs').plain, 'plain');
}
assert.throws(() => createRequire('./relative'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createRequire(import.meta.url)(''), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createRequire(import.meta.url)(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.ok(builtinModules.includes('events'));
assert.deepEqual([isBuiltin('node:events'), isBuiltin('express')], [true, false]);
assert.equal(module.createRequire, createRequire);
