// import.meta.resolve says what an import would find.
import assert from 'assert';

const folder = import.meta.url.replace(/[^/]*$/, '');
assert.equal(import.meta.resolve('plain'), folder + 'node_modules/plain/lib/main.js');
assert.equal(import.meta.resolve('./own/helper.cjs'), folder + 'own/helper.cjs');
assert.equal(import.meta.resolve('./gone.js'), folder + 'gone.js');
assert.equal(import.meta.resolve('events'), 'node:events');
assert.throws(() => import.meta.resolve('not-installed'), { code: 'ERR_MODULE_NOT_FOUND' });
