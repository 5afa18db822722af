// A source writes into the buffer of who reads, and says how much.

import assert from 'assert';

const sizes = [];
const stream = new ReadableStream({
  type: 'bytes',
  pull(controller) {
    const request = controller.byobRequest;
    assert(request instanceof ReadableStreamBYOBRequest);
    assert.strictEqual(controller.byobRequest, request);
    const { view } = request;
    sizes.push(view.byteLength);
    assert.throws(() => request.respond(view.byteLength + 1), RangeError);
    assert.throws(() => request.respond(0), TypeError);
    assert.throws(() => request.respond(-1), TypeError);
    view[0] = sizes.length;
    if (sizes.length % 2) request.respond(1);
    else request.respondWithNewView(new Uint8Array(view.buffer, view.byteOffset, 1));
    assert.strictEqual(request.view, null);
    assert.throws(() => request.respond(1), TypeError);
  },
});
const reader = stream.getReader({ mode: 'byob' });
assert.deepStrictEqual([...(await reader.read(new Uint8Array(4))).value], [1]);
assert.deepStrictEqual([...(await reader.read(new Uint8Array(2))).value], [2]);
assert.deepStrictEqual(sizes, [4, 2]);

// A reader of the other kind gets a buffer of this size made for it.
const automatic = new ReadableStream({
  type: 'bytes',
  autoAllocateChunkSize: 16,
  pull(controller) {
    controller.byobRequest.view.fill(7);
    controller.byobRequest.respond(3);
  },
}).getReader();
const { value } = await automatic.read();
assert.deepStrictEqual([[...value], value.buffer.byteLength], [[7, 7, 7], 16]);
for (const autoAllocateChunkSize of [0, -1, 'x']) {
  assert.throws(() => new ReadableStream({ type: 'bytes', autoAllocateChunkSize }), TypeError);
}
