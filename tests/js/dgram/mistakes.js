// Arguments and states that are wrong.

import assert from 'assert';
import dgram from 'dgram';

assert.throws(() => dgram.createSocket('udp5'), { code: 'ERR_SOCKET_BAD_TYPE', name: 'TypeError' });
const socket = dgram.createSocket('udp4');
assert.throws(() => socket.send('x', 0), { code: 'ERR_SOCKET_BAD_PORT', name: 'RangeError' });
assert.throws(() => socket.send('x', 70000), { code: 'ERR_SOCKET_BAD_PORT' });
assert.throws(() => socket.send(3, 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => socket.send(Buffer.alloc(2), 3, 1, 1), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
assert.throws(() => socket.send(Buffer.alloc(2), 1, 3, 1), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
assert.throws(() => socket.disconnect(), { code: 'ERR_SOCKET_DGRAM_NOT_CONNECTED' });
await new Promise((resolve) => { socket.bind(0, '127.0.0.1', resolve); });
assert.throws(() => socket.bind(0), { code: 'ERR_SOCKET_ALREADY_BOUND' });
const other = dgram.createSocket('udp4').bind(socket.address().port, '127.0.0.1');
const error = await new Promise((resolve) => { other.once('error', resolve); });
assert.deepStrictEqual([error.code, error.syscall], ['EADDRINUSE', 'bind']);
const long = await new Promise((resolve) => {
  socket.send(Buffer.alloc(70_000), socket.address().port, '127.0.0.1', resolve);
});
assert.strictEqual(long.code, 'EMSGSIZE');
socket.setTTL(8);
socket.setMulticastTTL(8);
socket.setBroadcast(true);
socket.setMulticastLoopback(true);
socket.setRecvBufferSize(8192);
assert(socket.getRecvBufferSize() >= 8192);
assert(socket.getSendBufferSize() > 0);
assert.strictEqual(socket.getSendQueueSize(), 0);
assert.throws(() => socket.addMembership('127.0.0.1'), { code: 'EINVAL' });
assert.throws(() => socket.setRecvBufferSize(-1), { code: 'ERR_SOCKET_BAD_BUFFER_SIZE' });
socket.close();
