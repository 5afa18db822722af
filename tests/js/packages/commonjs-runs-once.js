// A file runs once, however it is asked for.
import assert from 'assert';
import { createRequire } from 'module';
import { counted } from 'counting';

const require = createRequire(import.meta.url);
assert.equal(counted, 1);
assert.equal(require('counting').counted, 1);
assert.equal((await import('counting')).counted, 1);
delete require.cache[require.resolve('counting')];
assert.equal(require('counting').counted, 2);
