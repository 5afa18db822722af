// Everybody who has spoken hears everything, from a list that the program keeps; or everybody who is
// there, from the list that the server keeps.

import assert from 'assert';
import { open, serve } from '../../../support/network.js';

const clients = [];
const { server, url } = await serve((req) => {
  if (req.type !== 'websocket') return { status: 200, body: 'a broadcast' };
  if (!clients.includes(req.ws)) clients.push(req.ws);
  clients.forEach((client) => {
    if (client.readyState === 1) client.send(`to those who spoke: ${req.data}`);
  });
  server.hub.broadcast(`to all: ${req.data}`);
});
const sockets = await Promise.all(['one', 'two', 'three'].map(() => open(url)));
const [one, two, three] = sockets;
one.send('1');
await one.ping();
two.send('2');
await Promise.all(sockets.map((ws) => ws.ping()));
const all = ['to all: 1', 'to all: 2'];
assert.deepStrictEqual(one.messages(), [
  'to those who spoke: 1', all[0], 'to those who spoke: 2', all[1],
]);
assert.deepStrictEqual(two.messages(), [all[0], 'to those who spoke: 2', all[1]]);
assert.deepStrictEqual(three.messages(), all);
assert.deepStrictEqual([clients.length, server.clients.size], [2, 3]);
await server.close();
