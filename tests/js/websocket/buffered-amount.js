// bufferedAmount counts the bytes of messages, in UTF-8, that were given to send() and are not yet
// with the system: not the frames around them, and not what compression saves.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: { perMessageDeflate: true, message: (ws, data) => ws.send(String(data.length)) },
});
for (const perMessageDeflate of [false, true]) {
  const ws = await open(url, { perMessageDeflate });
  assert.strictEqual(ws.extensions !== '', perMessageDeflate);
  assert.strictEqual(ws.bufferedAmount, 0);
  const answers = [event(ws, 'message')];
  ws.send('x'.repeat(1000));
  assert.strictEqual(ws.bufferedAmount, 1000);
  ws.send('é'.repeat(10));
  assert.strictEqual(ws.bufferedAmount, 1020);
  ws.pong('not a message');
  ws.send(new Uint8Array(100_000));
  assert.strictEqual(ws.bufferedAmount, 101_020);
  const drained = event(ws, 'drain');
  assert.strictEqual((await answers[0]).data, '1000');
  await drained;
  assert.strictEqual(ws.bufferedAmount, 0);
  ws.close();
}
await server.close();
