// Nothing is pulled before what start returned is fulfilled; a rejection fails the stream.

import assert from 'assert';

const log = [];
const { promise, resolve } = Promise.withResolvers();
const stream = new ReadableStream({
  start: () => promise,
  pull(controller) {
    log.push('pull');
    controller.enqueue('x');
  },
});
const read = stream.getReader().read();
await new Promise((done) => setTimeout(done));
log.push('started');
resolve();
assert.strictEqual((await read).value, 'x');
assert.deepStrictEqual(log.slice(0, 2), ['started', 'pull']);

const failing = new ReadableStream({ start: () => Promise.reject('no start') });
await assert.rejects(failing.getReader().read(), (reason) => reason === 'no start');
assert.throws(() => new ReadableStream({ start() { throw new RangeError('at once'); } }), RangeError);
