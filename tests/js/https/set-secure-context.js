// A server gets another certificate, and nobody who is connected notices.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, failing, identity, serve } from '../../support/tls.js';

const { server, url } = await serve(identity('expired'), (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
});
const before = await open(url, { tls: { rejectUnauthorized: false } });
assert.strictEqual((await failing(url, { tls: { ca } })).code, 'CERT_HAS_EXPIRED');

server.setSecureContext(identity('renewed'));
const after = await open(url, { tls: { ca } });
assert.strictEqual(await ask(before, 'old'), 'old');
assert.strictEqual(await ask(after, 'new'), 'new');

// A certificate that cannot be used is refused, and the server keeps what it has.
const { cert } = identity('server');
assert.throws(() => server.setSecureContext({ cert }), {
  code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
});
(await open(url, { tls: { ca } })).close();

before.close();
after.close();
await server.close();
