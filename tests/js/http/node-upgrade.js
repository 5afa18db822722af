// 'upgrade' hands the connection over, on servers and on clients.

import assert from 'assert';
import http from 'http';
import net from 'net';

const server = http.createServer((req, res) => res.end('plain'));
server.on('upgrade', (req, socket, head) => {
  assert.strictEqual(req.headers.upgrade, 'echo');
  assert(Buffer.isBuffer(head));
  assert(socket instanceof net.Socket);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
  socket.pipe(socket);
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
const req = http.request({
  port, host: '127.0.0.1', headers: { Connection: 'Upgrade', Upgrade: 'echo' },
});
req.end();
const [res, socket] = await new Promise((resolve) => {
  req.on('upgrade', (...given) => resolve(given));
});
assert.strictEqual(res.statusCode, 101);
assert.strictEqual(res.headers.upgrade, 'echo');
socket.write('hello');
const text = await new Promise((resolve) => { socket.once('data', (chunk) => resolve(String(chunk))); });
assert.strictEqual(text, 'hello');
socket.end();
await new Promise((resolve) => { socket.once('close', resolve); });
assert.strictEqual(await (await fetch(`http://127.0.0.1:${port}`)).text(), 'plain');
server.close();
