// remotePort is that of the peer, on both ends; a Unix socket has none.

import assert from 'assert';
import http from 'http';
import { emitted, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve } });
const client = await open(url);
const ws = await accepted;
assert.strictEqual(client.remotePort, server.address().port);
assert(ws.remotePort > 0 && ws.remotePort < 65536 && ws.remotePort !== client.remotePort);
await server.close();
assert.strictEqual(ws.remoteAddress, '127.0.0.1');

const path = `/tmp/krandog-test-remote-port-${process.pid}.sock`;
const local = http.createServer({
  websocket: { open: (socket) => socket.send(`${socket.remoteAddress} ${socket.remotePort}`) },
}).listen(path);
await emitted(local, 'listening');
const other = new WebSocket(`ws+unix:${path}`);
const { data } = await new Promise((done) => other.addEventListener('message', done));
assert.strictEqual(data, 'undefined undefined');
await local.close();
