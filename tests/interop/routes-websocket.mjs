// Routes of krandog's server, asked by the client of npm's ws.

import { once } from 'node:events';
import { equal, get, run } from '../support/peer.mjs';
import WebSocket from 'ws';

const connect = (port, path, protocols = [], options = {}) => new WebSocket(
  `ws://127.0.0.1:${port}${path}`, protocols, { perMessageDeflate: false, ...options },
);

async function opened(...args) {
  const ws = connect(...args);
  const answer = once(ws, 'upgrade');
  await once(ws, 'open');
  ws.fields = (await answer)[0].headers;
  return ws;
}

async function received(ws, send) {
  const message = once(ws, 'message');
  if (send !== undefined) ws.send(send);
  const [data, isBinary] = await message;
  return isBinary ? data : data.toString();
}

async function refusal(port, path) {
  const ws = connect(port, path);
  const [, response] = await once(ws, 'unexpected-response');
  let body = '';
  for await (const piece of response) body += piece;
  return [response.statusCode, body];
}

async function messagesAreRelayedToTheRoomOfThePath(port) {
  const [one, two, other] = await Promise.all([
    opened(port, '/chat/a%20b', ['chat.v1']),
    opened(port, '/chat/a%20b', ['chat.v2', 'chat.v1']),
    opened(port, '/chat/other', ['chat.v1']),
  ]);
  equal([one.protocol, two.protocol], ['chat.v1', 'chat.v2']);
  const heard = received(two);
  one.send(Buffer.from([1, 2, 3]));
  equal(await heard, Buffer.from([1, 2, 3]));
  equal(await received(other, 'ping'), 'pong');
  for (const ws of [one, two, other]) ws.close();
}

async function aFunctionReadsItsSocketInALoop(port) {
  const ws = await opened(port, '/echo/caf%C3%A9');
  equal(await received(ws, 'hi'), 'café hi');
  equal(await received(ws, Buffer.alloc(100_000, 7)), Buffer.alloc(100_000, 7));
  ws.close();
}

async function handshakesAreRefused(port) {
  equal(await refusal(port, '/guarded/ann'), [401, 'key?']);
  equal(await refusal(port, '/chat/'), [404, 'not found\n']);
  equal(await refusal(port, '/'), [404, 'not found\n']);
}

async function aRouteHasFieldsLimitsAndCompressionOfItsOwn(port) {
  const ws = await opened(port, '/guarded/ann?key=1', [], { perMessageDeflate: true });
  equal(ws.fields['x-user'], 'ann');
  equal(ws.extensions.startsWith('permessage-deflate'), true);
  equal(await received(ws, 'hello'), 'ann hello');
  const end = once(ws, 'close');
  ws.send('seventeen bytes..');
  equal((await end)[0], 1009);
  const plain = await opened(port, '/echo/x', [], { perMessageDeflate: true });
  equal(plain.extensions, '');
  plain.close();
}

async function requestsAreServedBesides(port) {
  equal(await get(port, '/'), { status: 200, body: '<p>page</p>' });
  equal((await get(port, '/echo/x')).status, 426);
}

await run('interop/routes-websocket.js', [
  messagesAreRelayedToTheRoomOfThePath,
  aFunctionReadsItsSocketInALoop,
  handshakesAreRefused,
  aRouteHasFieldsLimitsAndCompressionOfItsOwn,
  requestsAreServedBesides,
]);
