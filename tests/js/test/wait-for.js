// `t.waitFor` tries again until a condition does not throw.

import assert from 'node:assert';
import test from 'node:test';

test('returns what the condition does', async (t) => {
  let tries = 0;
  const value = await t.waitFor(() => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return 'now';
  }, { interval: 1 });
  assert.strictEqual(value, 'now');
  assert.strictEqual(tries, 3);
});

test('gives up, with the last error', async (t) => {
  const waiting = t.waitFor(async () => {
    throw new Error('never');
  }, { interval: 1, timeout: 5 });
  await assert.rejects(waiting, (error) => (
    error.message === 'waitFor() timed out' && error.cause.message === 'never'
  ));
});

test('takes a function', (t) => {
  assert.throws(() => t.waitFor('no'), { code: 'ERR_INVALID_ARG_TYPE' });
});
