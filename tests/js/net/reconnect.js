// A socket that has ended connects again, and counts anew.

import assert from 'assert';
import net from 'net';

const server = net.createServer((socket) => socket.end('hello'));
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
const socket = new net.Socket();
assert.strictEqual(socket.pending, true);
for (let round = 0; round < 3; round++) {
  let text = '';
  const heard = (chunk) => { text += chunk; };
  socket.on('data', heard);
  socket.connect(port, '127.0.0.1');
  await new Promise((resolve) => { socket.once('close', resolve); });
  socket.off('data', heard);
  assert.strictEqual(text, 'hello');
  assert.strictEqual(socket.bytesRead, 5);
}
server.close();
const never = new net.Socket();
const error = await new Promise((resolve) => { never.on('error', resolve).write('x'); });
assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED');
