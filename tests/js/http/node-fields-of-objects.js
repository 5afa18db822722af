// Names that every object has are names of fields like any other.

import assert from 'assert';
import http from 'http';
import net from 'net';

const server = http.createServer((req, res) => {
  res.end(`${req.headers.constructor} ${Object.hasOwn(req.headers, '__proto__')}`);
});
await new Promise((resolve) => server.listen(0, resolve));
const socket = net.connect(server.address().port, 'localhost');
socket.end('GET / HTTP/1.1\r\nHost: a\r\nConstructor: x\r\n__proto__: y\r\nConnection: close\r\n\r\n');
let reply = '';
for await (const chunk of socket) reply += chunk;
assert.match(reply, /\r\n\r\nx false$/);
server.close();
