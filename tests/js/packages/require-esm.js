// An ES module that needs not wait can be required.
import assert from 'assert';
import { createRequire } from 'module';

const require = createRequire(import.meta.url);
const { a, esm } = require('requires-esm');
assert.equal(a, 'require');
assert.equal(esm.own, 'own');
assert.equal(esm, await import('importing'));
