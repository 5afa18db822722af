// A fake clock drives the deadlines of connections: pings, silence, handshakes.

import assert from 'node:assert';
import http from 'node:http';
import test from 'node:test';
import { expectClose, fakeClock, nextMessage, pair } from 'krandog:test';

function chat(websocket) {
  return http.createServer({ websocket }, (req) => {
    req.ws.send(req.data);
  });
}

test('an idle socket is pinged, and lives', async () => {
  const clock = fakeClock();
  const server = chat({ pingInterval: 30_000, pongTimeout: 10_000 });
  const ws = await pair(server, '/', { pingInterval: 0 });
  let pings = 0;
  ws.addEventListener('ping', () => {
    pings += 1;
  });
  await clock.advance(95_000);
  assert.strictEqual(pings, 3);
  assert.strictEqual(ws.readyState, WebSocket.OPEN);
  await server.close();
});

test('one that does not answer is closed', async () => {
  const clock = fakeClock();
  const server = chat({ pingInterval: 30_000, pongTimeout: 10_000 });
  const ended = Promise.withResolvers();
  server.on('connection', (socket) => socket.addEventListener('close', ended.resolve));
  const ws = await pair(server, '/', { pingInterval: 0 });
  // It hears nothing, so it does not answer.
  ws.pause();
  await clock.advance(29_000);
  assert.strictEqual(server.clients.size, 1);
  await clock.advance(12_000);
  assert.strictEqual(server.clients.size, 0);
  assert.strictEqual((await ended.promise).code, 1006);
  ws.resume();
  await expectClose(ws);
  await server.close();
});

test('one that says nothing for too long', async () => {
  const clock = fakeClock();
  const server = chat({ idleTimeout: 60_000 });
  const ws = await pair(server, '/', { pingInterval: 0 });
  await clock.advance(50_000);
  ws.send('still here');
  assert.strictEqual(await nextMessage(ws), 'still here');
  await clock.advance(50_000);
  assert.strictEqual(ws.readyState, WebSocket.OPEN);
  await clock.advance(11_000);
  await expectClose(ws, 1001);
  await server.close();
});
