// A file that says nothing of itself is an ES module if it has imports.
import assert from 'assert';
import { joined } from 'esm-without-type';

assert.equal(joined, 'a/b');
