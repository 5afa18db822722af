// The server's connection event brings each WebSocket once it is open.

import assert from 'assert';
import http from 'http';
import { ask, closing, emitted, open } from '../../support/network.js';

let handled;
const server = http.createServer((req) => {
  handled = req.ws;
  req.ws.send(req.data);
});
const connected = emitted(server, 'connection');
server.listen(0);
await emitted(server, 'listening');
const ws = await open(`ws://127.0.0.1:${server.address().port}/room`);
const accepted = await connected;
assert.strictEqual(accepted.pathname, '/room');
await ask(ws, 'x');
assert.strictEqual(handled, accepted);
const end = closing(accepted);
ws.close(3000, 'bye');
assert.deepStrictEqual(await end, { code: 3000, reason: 'bye', wasClean: true });
await server.close();
