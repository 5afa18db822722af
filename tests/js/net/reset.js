// A peer that resets is an error of the read, and what is written to it later is one too.

import assert from 'assert';
import net from 'net';

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.resetAndDestroy());
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const client = net.connect(server.address().port, '127.0.0.1');
client.write('x');
client.resume();
const error = await new Promise((resolve) => { client.once('error', resolve); });
assert.strictEqual(error.message, 'read ECONNRESET');
assert.deepStrictEqual({ ...error }, { errno: -104, code: 'ECONNRESET', syscall: 'read' });
const late = await new Promise((resolve) => { client.write('y', resolve); });
assert.strictEqual(late.code, 'ERR_STREAM_DESTROYED');
server.close();
const closed = new net.Socket();
closed.resetAndDestroy();
const why = await new Promise((resolve) => { closed.once('error', resolve); });
assert.strictEqual(why.code, 'ERR_SOCKET_CLOSED');
