// A package finds its own version of another one first.
import assert from 'assert';
import nested from 'nested';
import twice from 'twice';

assert.deepEqual([nested.version, twice.version], [2, 1]);
