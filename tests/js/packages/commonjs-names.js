// The names that compilers write are exports for an import.
import assert from 'assert';
import * as all from 'compiled';
import def, { extra, first, late, more, part } from 'compiled';

assert.deepEqual([first, late, part, more, extra], [1, 2, 'part', 'more', 'extra']);
assert.equal(def.default, 'the default');
assert.equal(all['module.exports'], def);
