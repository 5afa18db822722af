// The broadcast of the manual: every client that has spoken hears every message.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const clients = [];
const { server, url } = await serve((req) => {
  if (req.type !== 'websocket') return { status: 200, body: 'Broadcast Server' };
  if (!clients.includes(req.ws)) clients.push(req.ws);
  clients.forEach((client) => {
    if (client.readyState === 1) client.send(`Broadcast: ${req.data}`);
  });
  return undefined;
});
const sockets = [];
for (let number = 0; number < 20; number += 1) {
  const ws = await open(url);
  sockets.push(ws);
  const heard = sockets.map((socket) => event(socket, 'message'));
  ws.send(String(number));
  for (const message of await Promise.all(heard)) {
    assert.strictEqual(message.data, `Broadcast: ${number}`);
  }
}
assert.strictEqual(clients.length, 20);
await server.close();
