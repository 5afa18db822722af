// abort() drops what waits, signals the sink at once, and waits for the write under way.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
const log = [];
let release;
let controller;
const stream = new WritableStream({
  start(c) {
    controller = c;
    c.signal.addEventListener('abort', () => log.push(`signal ${c.signal.reason}`));
  },
  write: (chunk) => new Promise((resolve) => {
    log.push(chunk);
    release = resolve;
  }),
  abort(reason) { log.push(`abort ${reason}`); },
  close() { log.push('close'); },
}, { highWaterMark: 9 });
const writer = stream.getWriter();
await writer.ready;
const writes = [writer.write('a'), writer.write('b'), writer.close()];
const aborted = writer.abort('why');
assert.strictEqual(writer.abort('again') instanceof Promise, true);
assert.deepStrictEqual(log, ['a', 'signal why']);
assert.strictEqual(controller.signal.reason, 'why');
await assert.rejects(writer.ready, is('why'));
assert.strictEqual(writer.desiredSize, null);
release();
await writes[0];
await assert.rejects(writes[1], is('why'));
await assert.rejects(writes[2], is('why'));
await aborted;
await assert.rejects(writer.closed, is('why'));
assert.deepStrictEqual(log, ['a', 'signal why', 'abort why']);
await writer.abort('too late');
await assert.rejects(writer.write('c'), is('why'));

// A signal that is looked at afterwards is aborted too.
let late;
await new WritableStream({ start(c) { late = c; } }).abort('x');
assert.strictEqual(late.signal.aborted, true);
