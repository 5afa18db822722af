// Options of TLS that stand beside `tls` are told to belong in it.

import assert from 'assert';
import http from 'http';

assert.throws(() => http.createServer({ cert: 'x' }, () => ''), /did you mean tls\.cert\?/);
assert.throws(() => http.createServer({ requestcert: true }, () => ''), /did you mean tls\.requestCert\?/);
for (const name of ['ca', 'rejectUnauthorized', 'servername']) {
  assert.throws(
    () => new WebSocket('wss://localhost/', { [name]: 'x' }),
    new RegExp(`did you mean tls\\.${name}\\?`),
  );
}
