// Cancelling the readable side and aborting the writable one both cancel the transformer, once.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
const log = [];
const make = () => new TransformStream({
  cancel(reason) { log.push(reason); },
  flush() { log.push('flush'); },
});
const cancelled = make();
await cancelled.readable.cancel('by the reader');
await assert.rejects(cancelled.writable.getWriter().closed, is('by the reader'));
const aborted = make();
await aborted.writable.abort('by the writer');
await assert.rejects(aborted.readable.getReader().read(), is('by the writer'));
assert.deepStrictEqual(log.splice(0), ['by the reader', 'by the writer']);

const both = make();
await Promise.all([both.readable.cancel('one'), both.writable.abort('two')]);
assert.strictEqual(log.length, 1);
const failing = new TransformStream({ cancel() { throw 'no cancel'; } });
await assert.rejects(failing.readable.cancel('x'), is('no cancel'));
await assert.rejects(failing.writable.getWriter().closed, is('no cancel'));
