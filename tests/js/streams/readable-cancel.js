// cancel() drops what waits, ends pending reads, and waits for the source.

import assert from 'assert';

const log = [];
const { promise, resolve } = Promise.withResolvers();
const source = {
  start(controller) {
    controller.enqueue('lost');
  },
  cancel(reason) {
    assert.strictEqual(this, source);
    log.push(reason);
    return promise;
  },
};
const stream = new ReadableStream(source);
const cancelled = stream.cancel('enough').then((value) => log.push(value));
const reader = stream.getReader();
assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
assert.deepStrictEqual(log, ['enough']);
resolve('ignored');
await cancelled;
assert.deepStrictEqual(log, ['enough', undefined]);
// Once is enough.
await reader.cancel('again');
assert.strictEqual(log.length, 2);

const waiting = new ReadableStream().getReader();
const read = waiting.read();
await waiting.cancel();
assert.strictEqual((await read).done, true);

const refusing = new ReadableStream({ cancel() { throw 'refused'; } });
await assert.rejects(refusing.cancel(), (reason) => reason === 'refused');
await assert.rejects(stream.cancel(), TypeError);
