// picocolors: colours for a terminal, and none where they are not wanted.
import assert from 'assert';
import pc from 'picocolors';

const { bold, red } = pc.createColors(true);
assert.equal(bold(red('hot')), '\x1b[1m\x1b[31mhot\x1b[39m\x1b[22m');
assert.equal(pc.createColors(false).red('plain'), 'plain');
assert.equal(typeof pc.isColorSupported, 'boolean');
