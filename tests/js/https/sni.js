// One server, several names: each client gets the certificate of the name that it asks for.

import assert from 'assert';
import { open } from '../../support/network.js';
import { ca, failing, identity, serve } from '../../support/tls.js';

const example = identity('example');
const { server, url } = await serve({ sni: { 'example.com': example, '*.Example.com': example } });
for (const servername of ['localhost', 'example.com', 'www.example.com', 'EXAMPLE.COM']) {
  (await open(url, { tls: { ca, servername } })).close();
}
const { code } = await failing(url, { tls: { ca, servername: 'a.b.example.com' } });
assert.strictEqual(code, 'ERR_TLS_CERT_ALTNAME_INVALID');
await server.close();
