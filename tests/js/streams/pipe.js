// pipeTo() moves every chunk, closes the destination and frees both; pipeThrough() chains.

import assert from 'assert';

const log = [];
const recording = () => new WritableStream({
  write: (chunk) => { log.push(chunk); },
  close: () => { log.push('close'); },
  abort: (reason) => { log.push(`abort ${reason}`); },
});
const source = ReadableStream.from(['a', 'b']);
const destination = recording();
const piped = source.pipeTo(destination);
assert.deepStrictEqual([source.locked, destination.locked], [true, true]);
assert.strictEqual(await piped, undefined);
assert.deepStrictEqual([source.locked, destination.locked], [false, false]);
assert.deepStrictEqual(log.splice(0), ['a', 'b', 'close']);

const open = recording();
await ReadableStream.from(['c']).pipeTo(open, { preventClose: true });
await ReadableStream.from(['d']).pipeTo(open);
assert.deepStrictEqual(log.splice(0), ['c', 'd', 'close']);

const doubling = () => new TransformStream({ transform: (it, c) => c.enqueue(it + it) });
const chained = ReadableStream.from(['e']).pipeThrough(doubling()).pipeThrough(doubling());
await chained.pipeTo(recording());
assert.deepStrictEqual(log.splice(0), ['eeee', 'close']);

// Any pair of streams will do.
const { readable, writable } = new TransformStream();
assert.strictEqual(ReadableStream.from(['f']).pipeThrough({ readable, writable }), readable);
assert.strictEqual((await readable.getReader().read()).value, 'f');
