// Messages that come too fast end their connection with 1008, where a server wants it so.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const hour = 3_600_000;
for (const [rateLimit, send, code, reason, taken] of [
  [{ messages: 3, per: hour }, (ws) => ws.send('x'), 1008, 'too many messages', 3],
  [{ messages: 1, per: hour, burst: 5 }, (ws) => ws.send('x'), 1008, 'too many messages', 5],
  [{ bytes: 100, per: hour }, (ws) => ws.send('x'.repeat(40)), 1008, 'too many bytes', 2],
  [{ messages: 2, per: hour }, (ws) => ws.ping().catch(() => {}), 1008, 'too many messages', 0],
  [{ messages: 20, bytes: 9, per: hour, burst: { bytes: 99 } }, (ws) => ws.send('x'.repeat(10)), 1008,
    'too many bytes', 9],
]) {
  let count = 0;
  const { server, url } = await serve({
    websocket: { rateLimit: { ...rateLimit, action: 'close' } },
  }, () => {
    count += 1;
  });
  const client = await open(url);
  const neighbour = await open(url, { localAddress: '127.0.0.2' });
  const end = closing(client);
  const [ws] = server.clients.filter(({ remoteAddress }) => remoteAddress === '127.0.0.1');
  const seen = event(ws, 'close');
  for (let times = 0; times < 12; times += 1) send(client);
  assert.deepStrictEqual(await end, { code, reason, wasClean: true });
  assert.strictEqual(count, taken);
  assert.strictEqual((await seen).code, code);
  assert.strictEqual(ws.closeInfo.cause, 'limit');
  assert.strictEqual(neighbour.readyState, WebSocket.OPEN);
  await server.close();
}
