// A certificate has to be for what the URL says: a name in any case, or an address.

import assert from 'assert';
import { open } from '../../support/network.js';
import { ca, failing, identity, serve } from '../../support/tls.js';

const { server, url } = await serve({ sni: { 'Example.COM': identity('example') } });
const { port } = server.address();
for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', '0x7f.1']) {
  (await open(`wss://${host}:${port}`, { tls: { ca } })).close();
}
for (const servername of ['localhost', 'LocalHost', '127.0.0.1', '::1']) {
  (await open(url, { tls: { ca, servername } })).close();
}

// The certificate has none of these.
for (const servername of ['127.0.0.2', '::2', 'localhost.example', 'localhost.localhost']) {
  const { code, message } = await failing(url, { tls: { ca, servername } });
  assert.strictEqual(code, 'ERR_TLS_CERT_ALTNAME_INVALID', servername);
  assert(message.includes(servername), message);
}

// An address is not a name: it does not choose a certificate, nor does `*.` stand for a part of it.
const example = await serve(identity('example'));
const address = example.url.replace('localhost', '127.0.0.1');
assert.strictEqual((await failing(address, { tls: { ca } })).code, 'ERR_TLS_CERT_ALTNAME_INVALID');

// Nothing is sent to a server for what is no name at all.
for (const servername of ['', 'two words', '*.example.com', 'a..b', '[::1]']) {
  const { code, message } = await failing(url, { tls: { ca, servername } });
  assert.strictEqual(code, 'ERR_INVALID_ARG_VALUE');
  assert.match(message, /is not a name that a certificate can be for/);
}
await server.close();
await example.server.close();
