// A server and a client that speak TLS, and what they know of each other.

import assert from 'assert';
import tls from 'tls';
import { file } from '../../support/tls.js';

const [cert, key, ca] = ['server.pem', 'server.key', 'ca.pem'].map(file);
const server = tls.createServer({ cert, key, ALPNProtocols: ['b', 'a'] }, (socket) => {
  assert(socket instanceof tls.TLSSocket);
  assert.strictEqual(socket.encrypted, true);
  socket.pipe(socket);
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
const client = tls.connect({
  port, host: '127.0.0.1', servername: 'localhost', ca, ALPNProtocols: ['a', 'c'],
});
client.write('early ');
await new Promise((resolve, reject) => {
  client.once('secureConnect', resolve);
  client.once('error', reject);
});
assert.strictEqual(client.authorized, true);
assert.strictEqual(client.authorizationError, null);
assert.strictEqual(client.getProtocol(), 'TLSv1.3');
assert.strictEqual(client.alpnProtocol, 'a');
assert(client.getCipher().name.startsWith('TLS_'));
const certificate = client.getPeerCertificate();
assert(/DNS:localhost/.test(certificate.subjectaltname));
assert.strictEqual(tls.checkServerIdentity('localhost', certificate), undefined);
assert.strictEqual(tls.checkServerIdentity('other.example', certificate).code, 'ERR_TLS_CERT_ALTNAME_INVALID');
let text = '';
client.setEncoding('utf8').on('data', (chunk) => {
  text += chunk;
  if (text === 'early late') client.end();
});
client.write('late');
await new Promise((resolve) => { client.once('close', resolve); });
assert.strictEqual(text, 'early late');
server.close();
