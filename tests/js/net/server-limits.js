// maxConnections drops what is too much, close waits for connections, and mistakes have codes.

import assert from 'assert';
import net from 'net';

const sockets = [];
const server = net.createServer((socket) => { sockets.push(socket.resume()); });
server.maxConnections = 1;
const dropped = new Promise((resolve) => { server.once('drop', resolve); });
await new Promise((resolve) => { server.listen({ port: 0, host: '127.0.0.1' }, resolve); });
assert.strictEqual(server.listening, true);
assert.throws(() => server.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
const { port } = server.address();
const first = net.connect(port, '127.0.0.1').resume();
await new Promise((resolve) => { first.once('connect', resolve); });
const second = net.connect(port, '127.0.0.1').resume();
const data = await dropped;
assert.strictEqual(data.localPort, port);
assert.strictEqual(data.remoteFamily, 'IPv4');
await new Promise((resolve) => { second.once('close', resolve); });
const count = await new Promise((resolve) => { server.getConnections((e, n) => resolve(n)); });
assert.strictEqual(count, 1);
let closed = false;
const closing = new Promise((resolve) => {
  server.close((error) => {
    closed = true;
    resolve(error);
  });
});
assert.strictEqual(server.listening, false);
assert.strictEqual(server.address(), null);
await new Promise((resolve) => { setImmediate(resolve); });
assert.strictEqual(closed, false);
first.end();
assert.strictEqual(await closing, undefined);
const again = await new Promise((resolve) => { server.close(resolve); });
assert.strictEqual(again.code, 'ERR_SERVER_NOT_RUNNING');
const busy = net.createServer();
await new Promise((resolve) => { busy.listen(0, '127.0.0.1', resolve); });
const taken = net.createServer().listen(busy.address().port, '127.0.0.1');
const error = await new Promise((resolve) => { taken.once('error', resolve); });
assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${busy.address().port}`);
assert.deepStrictEqual([error.code, error.syscall, error.errno], ['EADDRINUSE', 'listen', -98]);
busy.close();
assert.throws(() => net.createServer().listen({ port: 70000 }), { code: 'ERR_SOCKET_BAD_PORT' });
assert.throws(() => net.createServer().listen({}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => net.createServer('x'), { code: 'ERR_INVALID_ARG_TYPE' });
