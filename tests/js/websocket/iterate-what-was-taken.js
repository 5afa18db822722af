// A loop does not get what somebody else took, nor what came before somebody else listened.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const accepted = [];
const { server, url } = await serve({ websocket: { open: (ws) => accepted.push(ws) } });
const ws = await open(url);
await ws.ping();

async function first(socket) {
  for await (const data of socket) return data;
}

accepted[0].send('taken by nobody');
await ws.ping();
const heard = event(ws, 'message');
accepted[0].send('taken by a listener');
assert.strictEqual((await heard).data, 'taken by a listener');
accepted[0].send('for the loop');
await ws.ping();
assert.strictEqual(await first(ws), 'for the loop');

// An attribute listens too.
const kept = [];
ws.onmessage = ({ data }) => kept.push(data);
accepted[0].send('taken by onmessage');
await ws.ping();
ws.onmessage = null;
assert.deepStrictEqual(kept, ['taken by onmessage']);
accepted[0].send('again for the loop');
await ws.ping();
assert.strictEqual(await first(ws), 'again for the loop');
await server.close();

// What a handler or the message hook of a server has taken is not held.
for (const options of [
  [(req) => {
    req.ws.send(req.data);
  }],
  [{ websocket: { message: (socket, data) => void socket.send(data) } }],
]) {
  const handled = await serve(...options);
  const client = await open(handled.url);
  assert.strictEqual(await ask(client, 'a'), 'a');
  const [socket] = handled.server.clients;
  const next = first(socket);
  assert.strictEqual(await ask(client, 'b'), 'b');
  assert.strictEqual(await next, 'b');
  await handled.server.close();
}
