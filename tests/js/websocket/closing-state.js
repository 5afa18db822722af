// From when a closing handshake begins, whoever begins it, a socket is CLOSING and delivers nothing;
// server.clients has exactly the sockets that are OPEN.

import assert from 'assert';
import { closing, open, serve, wait } from '../../support/network.js';

const { OPEN, CLOSING, CLOSED } = WebSocket;

// A server with one client, which answers nothing for as long as it is paused.
async function pair(websocket = {}, last = 'ready') {
  const seen = [];
  const { promise: accepted, resolve } = Promise.withResolvers();
  const { server, url } = await serve({ websocket: { ...websocket, open: resolve } }, ({ ws, data }) => {
    seen.push(data);
    if (data === 'throw') throw new Error('the handler of this test throws');
    if (data === last) ws.send('heard');
  });
  const client = await open(url);
  const ws = await accepted;
  client.pause();
  const end = closing(ws);
  return { server, client, ws, seen, end };
}

async function isClosing({ server, client, ws, seen, end }) {
  assert.strictEqual(ws.readyState, CLOSING);
  assert.strictEqual(server.clients.size, 0);
  assert.strictEqual(ws.send('too late'), false);
  seen.length = 0;
  client.send('too late');
  client.resume();
  await end;
  assert.strictEqual(ws.readyState, CLOSED);
  assert.deepStrictEqual(seen, []);
  await server.close();
  assert.strictEqual(server.clients.size, 0);
}

// close() of the socket itself.
const one = await pair();
assert.strictEqual(one.ws.readyState, OPEN);
assert.deepStrictEqual([...one.server.clients], [one.ws]);
one.ws.close();
await isClosing(one);

// close() of the server, which goes on to say so until the last is gone.
const two = await pair();
const closed = two.server.close();
await isClosing(two);
await closed;

// No message for too long.
let three;
for (let idleTimeout = 10; three?.ws.readyState !== OPEN; idleTimeout *= 2) {
  // On a busy machine it may be over before the client has paused.
  await three?.server.close();
  three = await pair({ idleTimeout });
}
while (three.ws.readyState === OPEN) await wait(1);
await isClosing(three);

// A handler that throws.
const four = await pair();
four.client.send('throw');
while (four.ws.readyState === OPEN) await wait(1);
await isClosing(four);

// A peer that does not read.
const five = await pair({ maxBackpressure: 1024 });
const filler = 'x'.repeat(1024 * 1024);
while (five.ws.send(filler));
await isClosing(five);

// terminate().
const six = await pair();
six.ws.terminate();
await isClosing(six);

// A Close frame of the peer, until TCP has ended too.
const seven = await pair();
const states = new Set();
const { promise: closed7, resolve: stop } = Promise.withResolvers();
(function watch() {
  states.add(seven.client.readyState);
  if (seven.client.readyState === CLOSED) stop();
  else setImmediate(watch);
})();
seven.client.resume();
seven.ws.close();
await closed7;
assert.deepStrictEqual([...states], [OPEN, CLOSING, CLOSED]);
await seven.server.close();
