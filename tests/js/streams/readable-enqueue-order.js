// Chunks come in the order in which they were enqueued, and those that wait outlive close().

import assert from 'assert';

const stream = new ReadableStream({
  start(controller) {
    controller.enqueue('a');
    controller.enqueue('b');
    controller.close();
    assert.throws(() => controller.enqueue('c'), { name: 'TypeError', code: 'ERR_INVALID_STATE' });
    assert.throws(() => controller.close(), TypeError);
  },
});
const reader = stream.getReader();
assert.deepStrictEqual(await reader.read(), { value: 'a', done: false });
assert.deepStrictEqual(await reader.read(), { value: 'b', done: false });
assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
assert.strictEqual(await reader.closed, undefined);
