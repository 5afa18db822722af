// A certificate that is not trusted: an error, or a note where that is wanted; and checks of one's own.

import assert from 'assert';
import tls from 'tls';
import { file } from '../../support/tls.js';

const [cert, key, ca] = ['server.pem', 'server.key', 'ca.pem'].map(file);
const server = tls.createServer({ cert, key }, (socket) => socket.end('hello'));
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
const told = new Promise((resolve) => { server.once('tlsClientError', resolve); });
const refused = tls.connect({ port, host: '127.0.0.1', servername: 'localhost' });
const error = await new Promise((resolve) => { refused.once('error', resolve); });
assert(/UNABLE_TO|SELF_SIGNED/.test(error.code), error.code);
assert((await told) instanceof Error);

const names = [];
const noted = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
await new Promise((resolve) => { noted.once('secureConnect', resolve); });
assert.strictEqual(noted.authorized, false);
assert.strictEqual(noted.authorizationError, error.code);
noted.destroy();

const own = tls.connect({
  port, host: '127.0.0.1', servername: 'other.example', ca,
  checkServerIdentity(name, certificate) {
    names.push(name, certificate.subjectaltname.includes('localhost'));
    return undefined;
  },
});
await new Promise((resolve, reject) => { own.once('secureConnect', resolve).once('error', reject); });
assert.strictEqual(own.authorized, true);
assert.deepStrictEqual(names, ['other.example', true]);
own.destroy();
const wrong = tls.connect({ port, host: '127.0.0.1', servername: 'other.example', ca });
const why = await new Promise((resolve) => { wrong.once('error', resolve); });
assert.strictEqual(why.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
const denied = tls.connect({
  port, host: '127.0.0.1', servername: 'localhost', ca, checkServerIdentity: () => new Error('no'),
});
const no = await new Promise((resolve) => { denied.once('error', resolve); });
assert.strictEqual(no.message, 'no');
server.close();
