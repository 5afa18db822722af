// TLS that begins on a connection that is there, on both sides.

import assert from 'assert';
import net from 'net';
import tls from 'tls';
import { file } from '../../support/tls.js';

const [cert, key, ca] = ['server.pem', 'server.key', 'ca.pem'].map(file);
const server = net.createServer((socket) => {
  socket.write('ready\n');
  socket.once('data', (line) => {
    assert.strictEqual(String(line), 'STARTTLS\n');
    socket.write('go\n');
    const secure = new tls.TLSSocket(socket, { isServer: true, cert, key });
    secure.on('data', (chunk) => secure.end(`secret ${chunk}`));
  });
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const plain = net.connect(server.address().port, '127.0.0.1');
const line = () => new Promise((resolve) => { plain.once('data', (chunk) => resolve(String(chunk))); });
assert.strictEqual(await line(), 'ready\n');
plain.write('STARTTLS\n');
assert.strictEqual(await line(), 'go\n');
plain.removeAllListeners('data');
const secure = tls.connect({ socket: plain, servername: 'localhost', ca });
await new Promise((resolve, reject) => { secure.once('secureConnect', resolve).once('error', reject); });
assert.strictEqual(secure.authorized, true);
secure.write('hello');
let text = '';
for await (const chunk of secure) text += chunk;
assert.strictEqual(text, 'secret hello');
server.close();
