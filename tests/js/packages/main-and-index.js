// Without exports, a package is its main, its module or its index, and all of its files.
import assert from 'assert';
import plain, { name, twice } from 'plain';
import bare from 'bare';
import { scoped } from '@scope/name';
import { other } from 'plain/lib/other.js';

assert.deepEqual([plain.name, name, twice(2)], ['plain', 'plain', 4]);
assert.deepEqual([bare.bare, scoped, other], [true, true, true]);
await assert.rejects(import('plain/lib/other'), { message: /did you mean 'other\.js'/ });
