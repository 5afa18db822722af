// A server has one hub, before it listens, after it has closed, and when it listens again.

import assert from 'assert';
import http from 'http';
import { emitted } from '../../support/network.js';
import { pair } from '../../support/rooms.js';

const server = http.createServer();
const { hub } = server;
for (let round = 0; round < 2; round += 1) {
  server.listen(0);
  await emitted(server, 'listening');
  const { ws } = await pair(server, `ws://127.0.0.1:${server.address().port}`);
  ws.join('room');
  assert.strictEqual(server.hub, hub);
  assert.deepStrictEqual(hub.members('room'), [ws]);
  await server.close();
  assert.strictEqual(hub.has('room'), false);
}
