// A function with one argument more is given a callback.

import assert from 'node:assert';
import { before, test } from 'node:test';

let prepared = false;
before((t, done) => {
  setTimeout(() => {
    prepared = true;
    done();
  }, 1);
});

test('waits for the callback', (t, done) => {
  assert.ok(prepared);
  setTimeout(done, 1);
});

test('may call back at once', (t, done) => done());

test('subtests too', async (t) => {
  await t.test('inner', (inner, done) => {
    setImmediate(done);
  });
});
