// values() returns an async iterator whose calls wait for each other.

import assert from 'assert';

const stream = ReadableStream.from(['a', 'b']);
assert.strictEqual(ReadableStream.prototype[Symbol.asyncIterator], ReadableStream.prototype.values);
const iterator = stream.values();
const AsyncIterator = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}.prototype),
);
const prototype = Object.getPrototypeOf(iterator);
assert.strictEqual(Object.getPrototypeOf(prototype), AsyncIterator);
assert.deepStrictEqual(Object.keys(prototype), ['next', 'return']);
assert.strictEqual(iterator[Symbol.asyncIterator](), iterator);
const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
assert.deepStrictEqual(steps, [
  { value: 'a', done: false }, { value: 'b', done: false }, { value: undefined, done: true },
]);
assert.deepStrictEqual(await iterator.return('x'), { value: 'x', done: true });
assert.strictEqual(stream.locked, false);

// A return waits for the read before it.
let controller;
const cancelled = [];
const waiting = new ReadableStream({
  start(c) { controller = c; },
  cancel(reason) { cancelled.push(reason); },
}).values();
const next = waiting.next();
const left = waiting.return('why');
controller.enqueue('late');
assert.deepStrictEqual(await next, { value: 'late', done: false });
assert.deepStrictEqual(await left, { value: 'why', done: true });
assert.deepStrictEqual(cancelled, ['why']);
assert.deepStrictEqual(await waiting.next(), { value: undefined, done: true });
await assert.rejects(prototype.next.call({}), TypeError);
