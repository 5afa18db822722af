// A stream has one writer at a time; a released one is of no use.

import assert from 'assert';

const stream = new WritableStream();
const writer = stream.getWriter();
assert.strictEqual(stream.locked, true);
assert.throws(() => stream.getWriter(), TypeError);
assert.throws(() => new WritableStreamDefaultWriter(stream), TypeError);
await assert.rejects(stream.close(), TypeError);
await assert.rejects(stream.abort(), TypeError);
const { closed } = writer;
writer.releaseLock();
writer.releaseLock();
await assert.rejects(closed, TypeError);
await assert.rejects(writer.ready, TypeError);
for (const method of ['write', 'close', 'abort']) await assert.rejects(writer[method](), TypeError);
assert.throws(() => writer.desiredSize, TypeError);
const next = new WritableStreamDefaultWriter(stream);
await next.close();
await next.closed;
