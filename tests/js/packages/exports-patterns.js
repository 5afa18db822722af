// A pattern among the exports stands for many files, and null for none.
import assert from 'assert';
import a from 'exporting/features/a.js';

assert.equal(a, 'a');
await assert.rejects(import('exporting/features/private/b.js'), {
  code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
});
await assert.rejects(import('exporting/features/gone.js'), { code: 'ERR_MODULE_NOT_FOUND' });
