// Bytes that were written for a reader that has gone are for the next one.

import assert from 'assert';

let controller;
const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
const first = stream.getReader({ mode: 'byob' });
const lost = first.read(new Uint8Array(4));
await null;
const { byobRequest } = controller;
first.releaseLock();
await assert.rejects(lost, TypeError);
const second = stream.getReader({ mode: 'byob' });
const read = second.read(new Uint8Array(9));
byobRequest.view[0] = 42;
byobRequest.respond(1);
assert.deepStrictEqual([...(await read).value], [42]);
