// A signal ends a pipe at both ends, after what was read has been written.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
const log = [];
let release;
const source = () => new ReadableStream({
  start: (controller) => { controller.enqueue('a'); },
  cancel: (reason) => { log.push(`cancel ${reason}`); },
});
const destination = () => new WritableStream({
  write(chunk) {
    log.push(chunk);
    return new Promise((resolve) => { release = resolve; });
  },
  abort: (reason) => { log.push(`abort ${reason}`); },
});
const controller = new AbortController();
const { signal } = controller;
const ends = [source(), destination()];
const piped = ends[0].pipeTo(ends[1], { signal });
await new Promise((resolve) => setTimeout(resolve));
controller.abort('why');
assert.deepStrictEqual(log, ['a']);
release();
await assert.rejects(piped, is('why'));
assert.deepStrictEqual(log.splice(0).sort(), ['a', 'abort why', 'cancel why']);
assert.strictEqual(ends[0].locked, false);

const early = source().pipeTo(destination(), { signal, preventCancel: true });
await assert.rejects(early, is('why'));
assert.deepStrictEqual(log, ['abort why']);
await assert.rejects(source().pipeTo(destination(), { signal: {} }), TypeError);
