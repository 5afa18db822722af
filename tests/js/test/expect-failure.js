// A test of which it is expected passes by failing.

import test from 'node:test';

test('fails as expected', { expectFailure: true }, () => {
  throw new Error('expected');
});

test.expectFailure('by its form', async () => {
  throw new Error('expected');
});
