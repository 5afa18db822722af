// 100-continue by itself, and by 'checkContinue'; interim responses; trailers.

import assert from 'assert';
import http from 'http';
import net from 'net';

const server = http.createServer((req, res) => {
  res.writeEarlyHints({ link: '</a.css>; rel=preload' });
  res.setHeader('Trailer', 'X-Sum');
  res.write('body');
  res.addTrailers({ 'X-Sum': '4' });
  res.end();
});
server.on('checkContinue', (req, res) => {
  res.writeContinue();
  req.resume().on('end', () => res.end('went on'));
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
async function raw(text) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}
const hints = await raw('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
assert(hints.startsWith('HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n'));
assert(hints.endsWith('4\r\nbody\r\n0\r\nX-Sum: 4\r\n\r\n'));
const waits = await raw('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
assert(waits.endsWith('went on'));
const req = http.request({
  port, host: '127.0.0.1', method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 3 },
});
req.flushHeaders();
await new Promise((resolve) => { req.once('continue', resolve); });
req.end('abc');
const res = await new Promise((resolve) => { req.once('response', resolve); });
let text = '';
for await (const chunk of res) text += chunk;
assert.strictEqual(text, 'went on');
server.close();
