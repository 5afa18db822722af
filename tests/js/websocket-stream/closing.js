// Who closes, and how, is told by `closed`; both streams end.

import assert from 'assert';
import { serve } from '../../support/network.js';

const { server, url } = await serve((req) => {
  if (req.type !== 'websocket') return;
  if (req.data === 'close') req.ws.close(4001, 'so long');
  if (req.data === 'terminate') req.ws.terminate();
});
const open = async () => {
  const stream = new WebSocketStream(url);
  const { readable, writable } = await stream.opened;
  return { stream, reader: readable.getReader(), writer: writable.getWriter() };
};
const closed = { name: 'InvalidStateError' };

const peers = await open();
await peers.writer.write('close');
assert.deepStrictEqual(await peers.reader.read(), { value: undefined, done: true });
assert.deepStrictEqual(await peers.stream.closed, { closeCode: 4001, reason: 'so long' });
await assert.rejects(peers.writer.closed, closed);
await assert.rejects(peers.writer.write('x'), closed);

const lost = await open();
const failed = (error) => error instanceof WebSocketError && error.closeCode === 1006;
lost.writer.write('terminate');
await assert.rejects(lost.reader.read(), failed);
await assert.rejects(lost.stream.closed, failed);
await assert.rejects(lost.writer.closed, failed);

const ours = await open();
ours.stream.close({ closeCode: 4002, reason: 'ours' });
assert.deepStrictEqual(await ours.stream.closed, { closeCode: 4002, reason: 'ours' });
ours.stream.close();
const plain = await open();
plain.stream.close();
assert.deepStrictEqual(await plain.stream.closed, { closeCode: 1005, reason: '' });
const reasoned = await open();
reasoned.stream.close({ reason: 'only why' });
assert.deepStrictEqual(await reasoned.stream.closed, { closeCode: 1000, reason: 'only why' });

const because = new WebSocketError('enough', { closeCode: 4003, reason: 'because' });
const cancelled = await open();
await cancelled.reader.cancel(because);
assert.deepStrictEqual(await cancelled.stream.closed, { closeCode: 4003, reason: 'because' });
const aborted = await open();
await aborted.writer.abort(because);
assert.deepStrictEqual(await aborted.stream.closed, { closeCode: 4003, reason: 'because' });
await server.close();
