// Files that require each other see what the other one has exported so far.
import assert from 'assert';
import { later, seen } from 'cyclic';

assert.deepEqual([seen, later], [['early'], true]);
