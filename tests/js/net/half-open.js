// With allowHalfOpen a side may go on to write after the other has ended; without, it ends too.

import assert from 'assert';
import net from 'net';

const ended = (socket) => new Promise((resolve) => { socket.once('close', resolve); });
const open = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', () => {
    assert.strictEqual(socket.writable, true);
    assert.strictEqual(socket.readyState, 'writeOnly');
    socket.write('got ');
    setImmediate(() => socket.end(text));
  });
});
await new Promise((resolve) => { open.listen(0, '127.0.0.1', resolve); });
const client = net.connect(open.address().port, '127.0.0.1');
let answer = '';
client.setEncoding('utf8').on('data', (chunk) => { answer += chunk; });
client.end('all');
await ended(client);
assert.strictEqual(answer, 'got all');
open.close();

const shut = net.createServer((socket) => { socket.resume(); });
await new Promise((resolve) => { shut.listen(0, '127.0.0.1', resolve); });
const other = net.connect(shut.address().port, '127.0.0.1').resume();
other.end();
await ended(other);
shut.close();
