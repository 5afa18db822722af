// A server that asks for certificates, versions that are agreed on, and options that are refused.

import assert from 'assert';
import tls from 'tls';
import { file } from '../../support/tls.js';

const [cert, key, ca] = ['server.pem', 'server.key', 'ca.pem'].map(file);
const options = { cert, key, ca, requestCert: true, maxVersion: 'TLSv1.2' };
const server = tls.createServer(options, (socket) => {
  socket.end(`${socket.authorized} ${socket.getPeerCertificate().subject.CN}`);
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
const client = tls.connect({
  port, host: '127.0.0.1', servername: 'localhost', ca, cert: file('client.pem'), key: file('client.key'),
});
let text = '';
for await (const chunk of client) text += chunk;
assert(text.startsWith('true '), text);
assert.strictEqual(client.getProtocol(), 'TLSv1.2');
assert(/^ECDHE-/.test(client.getCipher().name));
const bare = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca });
const error = await new Promise((resolve) => { bare.once('error', resolve); });
assert(error.code, error);
server.close();
assert.throws(() => tls.createServer({ cert, key, SNICallback() {} }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => tls.createSecureContext({ cert: 'nonsense\n', key }), { code: 'ERR_INVALID_ARG_VALUE' });
assert(tls.createSecureContext({ ca }) instanceof tls.SecureContext);
assert(Array.isArray(tls.getCiphers()));
