// The second file of a run.

import test from 'node:test';

console.log('printed <by> the second');

test('of the second file', () => {});
