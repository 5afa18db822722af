// Writes reach the sink one after the other, and close() comes behind them.

import assert from 'assert';

const log = [];
const sink = {
  start() {
    assert.strictEqual(this, sink);
    return null;
  },
  async write(chunk, controller) {
    assert(controller instanceof WritableStreamDefaultController);
    log.push(`${chunk} begins`);
    await null;
    log.push(`${chunk} ends`);
  },
  close() {
    log.push('close');
  },
};
const writer = new WritableStream(sink).getWriter();
const writes = ['a', 'b'].map((chunk) => writer.write(chunk));
const closed = writer.close();
await assert.rejects(writer.write('c'), TypeError);
await assert.rejects(writer.close(), TypeError);
assert.deepStrictEqual(await Promise.all([...writes, closed, writer.closed]), Array(4).fill());
assert.deepStrictEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'close']);
assert.strictEqual(writer.desiredSize, 0);
