// `pair`: an open WebSocket to a server that does not listen.

import assert from 'node:assert';
import http from 'node:http';
import test from 'node:test';
import { expectClose, nextMessage, pair } from 'krandog:test';

function server(options = {}) {
  return http.createServer(options, (req) => {
    if (req.type === 'websocket') req.ws.send(`${req.pathname}${req.ws.protocol}: ${req.data}`);
    else return { body: 'http' };
  });
}

test('messages go there and back', async () => {
  const chat = server();
  assert.strictEqual(chat.listening, false);
  const ws = await pair(chat, '/chat/a');
  assert.strictEqual(ws.readyState, WebSocket.OPEN);
  assert.strictEqual(ws.url, 'ws://memory/chat/a');
  ws.send('hello');
  assert.strictEqual(await nextMessage(ws), '/chat/a: hello');
  assert.strictEqual(chat.clients.size, 1);
  assert.strictEqual(chat.address(), null);
  await chat.close();
  await expectClose(ws, 1001);
});

test('binary messages, and options of the client', async () => {
  const chat = http.createServer({ websocket: { protocols: ['b'] } }, (req) => {
    req.ws.send(req.data);
  });
  const ws = await pair(chat, '/', { protocols: ['a', 'b'], headers: { 'X-Who': 'me' } });
  ws.binaryType = 'arraybuffer';
  assert.strictEqual(ws.protocol, 'b');
  ws.send(new Uint8Array([1, 2, 3]));
  assert.deepStrictEqual(new Uint8Array(await nextMessage(ws)), new Uint8Array([1, 2, 3]));
  await chat.close();
});

test('several clients', async () => {
  const chat = http.createServer((req) => {
    chat.hub.broadcast(req.data);
  });
  const [one, other] = await Promise.all([pair(chat), pair(chat)]);
  one.send('to all');
  assert.strictEqual(await nextMessage(one), 'to all');
  assert.strictEqual(await nextMessage(other), 'to all');
  await chat.close();
});

test('what the server refuses', async () => {
  const chat = http.createServer({ websocket: { upgrade: () => false } }, () => {});
  await assert.rejects(pair(chat), /403/);
  await chat.close();
});

test('a server that listens has both', async () => {
  const chat = server();
  await new Promise((resolve) => chat.listen(0, '127.0.0.1', resolve));
  const near = await pair(chat, '/near');
  const far = new WebSocket(`ws://127.0.0.1:${chat.address().port}/far`);
  await new Promise((resolve) => far.addEventListener('open', resolve));
  far.send('1');
  near.send('2');
  assert.strictEqual(await nextMessage(far), '/far: 1');
  assert.strictEqual(await nextMessage(near), '/near: 2');
  await chat.close();
});

test('wrong arguments', async () => {
  await assert.rejects(pair({}), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(pair(server(), 5), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(pair(server(), 'chat'), { code: 'ERR_INVALID_ARG_VALUE' });
  await assert.rejects(pair(server(), '/', { reconnect: true }), { code: 'ERR_INVALID_ARG_VALUE' });
});
