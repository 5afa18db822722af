// Tests that are skipped do not run, and those that are still to be written may fail.

import assert from 'node:assert';
import { describe, it, test } from 'node:test';

const ran = [];
const run = (name) => () => ran.push(name);

test('skipped by an option', { skip: true }, run('skip'));
test('skipped with a reason', { skip: 'no reason' }, run('skip'));
test.skip('skipped by its form', run('skip'));
it.skip('skipped', run('skip'));
describe.skip('a skipped suite', () => {
  it('does not run', run('skip'));
});
test('skips itself', (t) => {
  t.skip('at run time');
  ran.push('itself');
});
test('to do', { todo: true }, () => {
  ran.push('todo');
  throw new Error('not done yet');
});
test.todo('without a function');
it.todo('to do by its form', () => {
  throw new Error('not done yet');
});
test('says so itself', (t) => {
  t.todo('at run time');
  ran.push('says');
});
describe.todo('a suite to do', () => {
  it('fails', { todo: true }, () => {
    throw new Error('not done yet');
  });
});

test('what has run', () => {
  assert.deepStrictEqual(ran, ['itself', 'todo', 'says']);
});
