// What a test is given says what it is, and takes what it has to say.

import assert from 'node:assert';
import { describe, it, test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('name', async (t) => {
  assert.strictEqual(t.name, 'name');
  assert.strictEqual(t.fullName, 'name');
  assert.strictEqual(t.filePath, fileURLToPath(import.meta.url));
  t.diagnostic('said of the test');
  await t.test('inner', (inner) => {
    assert.strictEqual(inner.fullName, 'name > inner');
  });
});

describe('a suite', (suite) => {
  assert.strictEqual(suite.name, 'a suite');
  it('has a name', (t) => {
    assert.strictEqual(t.fullName, 'a suite > has a name');
  });
});

let signal;

test('a signal', (t) => {
  signal = t.signal;
  assert.strictEqual(signal.aborted, false);
});

test('which is aborted when the test is over', () => {
  assert.strictEqual(signal.aborted, true);
});

test('subtests return promises', async (t) => {
  const returned = await t.test('inner', () => 'a value');
  assert.strictEqual(returned, undefined);
});

test('passed, in hooks', (t) => {
  t.after(() => assert.strictEqual(t.error, null));
  assert.strictEqual(t.passed, false);
});
