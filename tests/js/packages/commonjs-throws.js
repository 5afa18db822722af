// What a file throws comes to whoever requires it, and the next one starts it anew.
import assert from 'assert';
import { createRequire } from 'module';

const require = createRequire(import.meta.url);
assert.throws(() => require('throwing'), { message: 'once 1' });
assert.throws(() => require('throwing'), { message: 'once 2' });
await assert.rejects(import('throwing'), { message: 'once 3' });
