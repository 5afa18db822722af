// What is wrong with an option of TLS is said where it is given.

import assert from 'assert';
import http from 'http';
import https from 'https';
import { file, identity } from '../../support/tls.js';

const { cert, key } = identity('server');
const cases = [
  [{}, 'ERR_INVALID_ARG_VALUE', /needs a certificate and its key.*--tls-self-signed/],
  [{ cert }, 'ERR_INVALID_ARG_VALUE', /tls\.cert is given without tls\.key/],
  [{ key }, 'ERR_INVALID_ARG_VALUE', /tls\.key is given without tls\.cert/],
  [{ cert: '/nowhere.pem', key }, 'ENOENT', /tls\.cert .*'\/nowhere\.pem': no such file/],
  [{ cert: key, key }, 'ERR_INVALID_ARG_VALUE', /tls\.cert .*BEGIN CERTIFICATE/],
  [{ cert, key: cert }, 'ERR_INVALID_ARG_VALUE', /tls\.key .*BEGIN PRIVATE KEY/],
  [{ cert, key: file('encrypted.key') }, 'ERR_INVALID_ARG_VALUE', /encrypted.*openssl pkey/],
  [{ cert, key: file('client.key') }, 'ERR_OSSL_X509_KEY_VALUES_MISMATCH', /tls\.key is not/],
  [{ cert: new Uint8Array(3), key }, 'ERR_INVALID_ARG_VALUE', /neither PEM nor/],
  [{ cert: 3, key }, 'ERR_INVALID_ARG_TYPE', /tls\.cert must be PEM, bytes or the path of a file/],
  [{ pfx: file('server.p12'), passphrase: 'wrong' }, 'ERR_INVALID_ARG_VALUE', /passphrase/],
  [{ pfx: cert }, 'ERR_INVALID_ARG_VALUE', /tls\.pfx .*PKCS#12/],
  [{ cert, key, requestCert: true }, 'ERR_INVALID_ARG_VALUE', /requestCert needs tls\.ca/],
  [{ cert, key, ca: [] }, 'ERR_INVALID_ARG_VALUE', /tls\.ca is an empty array/],
  [{ cert: '/dev/zero', key }, 'EFBIG', /tls\.cert .*'\/dev\/zero': file too large/],
  [{ cert, key, minVersion: 'TLSv1' }, 'ERR_INVALID_ARG_TYPE', /'TLSv1\.2' or 'TLSv1\.3'/],
  [{ cert, key, sni: { 'a.example': { cert } } }, 'ERR_INVALID_ARG_VALUE', /sni\['a\.example'\]/],
];
for (const [tls, code, message] of cases) {
  assert.throws(() => http.createServer({ tls }), { code, message });
  assert.throws(() => https.createServer(tls), { code, message });
}
assert.throws(() => new WebSocket('wss://localhost', { tls: { ca: [] } }), {
  code: 'ERR_INVALID_ARG_VALUE', message: /tls\.ca is an empty array.*system/,
});

// A key is no path, and no error may show it.
const base64 = `MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n${'c2VjcmV0'.repeat(8)}`;
for (const text of [base64, base64.replaceAll('\n', ''), base64.slice(0, 64), `x\n${base64}`]) {
  assert.throws(() => https.createServer({ cert, key: text }), ({ code, message }) => (
    code === 'ERR_INVALID_ARG_VALUE' && /tls\.key .*-----BEGIN/.test(message)
      && !message.includes('MBMGByqGSM49')
  ));
}

assert.throws(() => http.createServer({ tls: { cert, key, certs: cert } }), {
  message: /unknown option tls\.certs: did you mean cert\?/,
});
assert.throws(() => new WebSocket('wss://localhost', { tls: { cas: cert } }), /tls\.cas/);
assert.throws(() => http.createServer({}).setSecureContext({ cert, key }), {
  code: 'ERR_INVALID_STATE', message: /does not speak TLS/,
});
