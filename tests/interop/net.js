// The program under test: echoes over TCP, TLS, UDP and HTTP in Node's shape, and prints the ports.

import dgram from 'dgram';
import http from 'http';
import net from 'net';
import tls from 'tls';

const file = (name) => `${__dirname}/../certificates/${name}`;
const listening = (server) => new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });

const plain = net.createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
const secure = tls.createServer(
  { cert: file('server.pem'), key: file('server.key'), ALPNProtocols: ['echo'], allowHalfOpen: true },
  (socket) => socket.pipe(socket),
);
const datagrams = dgram.createSocket('udp4', (message, { port, address }) => {
  datagrams.send(message, port, address);
});
const web = http.createServer((req, res) => {
  res.writeHead(200, { 'X-Method': req.method });
  req.pipe(res);
});
web.on('upgrade', (req, socket) => {
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${req.headers.upgrade}\r\n\r\n`);
  socket.pipe(socket);
});
await Promise.all([plain, secure, web].map(listening));
await new Promise((resolve) => { datagrams.bind(0, '127.0.0.1', resolve); });
const [plainPort, securePort, webPort, udpPort] =
  [plain, secure, web, datagrams].map((one) => one.address().port);
console.log(JSON.stringify({ plainPort, securePort, webPort, udpPort }));
