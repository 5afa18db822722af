// krandog's server, asked by the client of npm's ws.

import { once } from 'node:events';
import { clientTls, equal, get, run, ws as scheme } from '../support/peer.mjs';
import WebSocket from 'ws';

async function client(port, path = '/', protocols = [], options = {}) {
  const ws = new WebSocket(`${scheme}://127.0.0.1:${port}${path}`, protocols, {
    perMessageDeflate: false,
    ...clientTls,
    ...options,
  });
  // Those who wait for a message one by one must not miss any.
  ws.inbox = [];
  ws.on('message', (data, isBinary) => {
    ws.inbox.push(isBinary ? data : data.toString());
    ws.emit('filled');
  });
  await once(ws, 'open');
  return ws;
}

async function receive(ws) {
  while (ws.inbox.length === 0) await once(ws, 'filled');
  return ws.inbox.shift();
}

async function echoed(ws, message) {
  ws.send(message);
  equal(await receive(ws), message);
}

async function closing(ws) {
  const [code, reason] = await once(ws, 'close');
  return [code, reason.toString()];
}

async function textAndBytesComeBackAsTheyWere(port) {
  const ws = await client(port);
  for (const message of ['', 'hello', 'grüß dich, 世界 🦝 \0', 'x'.repeat(2 ** 20)]) {
    await echoed(ws, message);
  }
  for (const message of [Buffer.alloc(0), Buffer.from([0, 1, 0, 255]), Buffer.alloc(2 ** 20, 7)]) {
    await echoed(ws, message);
  }
  ws.close();
}

async function fragmentsArePutTogether(port) {
  const ws = await client(port);
  ws.send('one ', { fin: false });
  ws.send('', { fin: false });
  ws.ping('amid');
  equal((await once(ws, 'pong')).toString(), 'amid');
  ws.send('two', { fin: true });
  equal(await receive(ws), 'one two');
  ws.close();
}

async function pingsGoBothWays(port) {
  const ws = await client(port);
  ws.ping(Buffer.from([0, 1, 2]));
  const [data] = await once(ws, 'pong');
  equal(data, Buffer.from([0, 1, 2]));
  ws.send('ping abc');
  equal(await receive(ws), 'pong abc true');
  ws.close();
}

async function closeCodesGoBothWays(port) {
  for (const [code, reason] of [[1000, 'done'], [1001, ''], [1012, ''], [4999, 'grün']]) {
    const ws = await client(port);
    ws.send(`close ${code} ${reason}`);
    equal(await closing(ws), [code, reason]);
  }
  for (const [code, reason] of [[1000, ''], [1001, 'x'], [3000, 'grün']]) {
    const ws = await client(port);
    ws.close(code, reason);
    // The answer repeats both.
    equal(await closing(ws), [code, reason]);
  }
  const ws = await client(port);
  ws.close();
  equal(await closing(ws), [1005, '']);
}

async function aSubprotocolIsChosenByTheServer(port) {
  const ws = await client(port, '/', ['chat.v1', 'chat.v2']);
  equal(ws.protocol, 'chat.v2');
  ws.close();
  // This client takes no connection without one of those that it asked for.
  const refused = new WebSocket(`${scheme}://127.0.0.1:${port}/`, ['other'], clientTls);
  const [error] = await once(refused, 'error');
  equal(error.message, 'Server sent no subprotocol');
}

async function theHandlerSeesPathAndHeaders(port) {
  const ws = await client(port, '/a/b?c', ['chat.v1'], { headers: { 'X-Test': 'yes' } });
  ws.send('request');
  equal(JSON.parse(await receive(ws)), { pathname: '/a/b', test: 'yes', protocol: 'chat.v1' });
  ws.close();
}

async function aHandlerThatThrowsEndsItsConnectionAlone(port) {
  const [other, ws] = await Promise.all([client(port), client(port)]);
  ws.send('throw');
  equal((await closing(ws))[0], 1011);
  await echoed(other, 'still there');
  other.close();
  equal((await get(port, '/')).status, 200);
}

async function compressionIsAgreedOrDeclined(port) {
  const ws = await client(port, '/', [], { perMessageDeflate: { threshold: 0 } });
  for (const message of ['a'.repeat(5000), Buffer.alloc(5000), '', 'short']) {
    await echoed(ws, message);
  }
  ws.close();
}

async function manyMessagesKeepTheirOrder(port) {
  const ws = await client(port);
  for (let number = 0; number < 2000; number += 1) ws.send(String(number));
  for (let number = 0; number < 2000; number += 1) equal(await receive(ws), String(number));
  ws.close();
}

await run('interop/server.js', [
  textAndBytesComeBackAsTheyWere,
  fragmentsArePutTogether,
  pingsGoBothWays,
  closeCodesGoBothWays,
  aSubprotocolIsChosenByTheServer,
  theHandlerSeesPathAndHeaders,
  aHandlerThatThrowsEndsItsConnectionAlone,
  compressionIsAgreedOrDeclined,
  manyMessagesKeepTheirOrder,
]);
