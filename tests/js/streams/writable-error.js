// A sink that fails fails what waits, `ready` and `closed`.

import assert from 'assert';

const is = (expected) => (reason) => reason === expected;
for (const sink of [
  { write() { throw 'broken'; } },
  { write: () => Promise.reject('broken') },
  { write(_, controller) { controller.error('broken'); } },
]) {
  const writer = new WritableStream(sink, { highWaterMark: 5 }).getWriter();
  const [first, second] = [writer.write(1), writer.write(2)];
  await assert.rejects(second, is('broken'));
  await first.catch(is('broken'));
  await assert.rejects(writer.ready, is('broken'));
  await assert.rejects(writer.closed, is('broken'));
  assert.strictEqual(writer.desiredSize, null);
}
const closing = new WritableStream({ close() { throw 'no end'; } }).getWriter();
await assert.rejects(closing.close(), is('no end'));
await assert.rejects(closing.closed, is('no end'));
const starting = new WritableStream({ start: () => Promise.reject('no start') }).getWriter();
await assert.rejects(starting.write(1), is('no start'));
const aborting = new WritableStream({ abort() { throw 'no abort'; } });
await assert.rejects(aborting.abort('x'), is('no abort'));
// A strategy may fail it too.
const sized = new WritableStream({}, { size() { throw 'no size'; } }).getWriter();
await assert.rejects(sized.write(1), is('no size'));
