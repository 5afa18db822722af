// A certificate that a client refuses fails with its own code, names the host and the remedy, and
// nobody else notices.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, failing, file, identity, serve } from '../../support/tls.js';

const echo = (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
};
const trusted = await serve({}, echo);
const ws = await open(trusted.url, { tls: { ca } });

const cases = [
  ['expired', { ca }, 'CERT_HAS_EXPIRED', /localhost.*Jan  1 00:00:00 2021 GMT/],
  ['future', { ca }, 'CERT_NOT_YET_VALID', /localhost.*Jan  1 00:00:00 2099 GMT/],
  ['example', { ca }, 'ERR_TLS_CERT_ALTNAME_INVALID', /localhost.*DNS:example\.com.*servername/],
  ['server', {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /localhost.*Test Authority.*tls\.ca/],
  ['server', { ca: file('other-ca.pem') }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /Test Authority/],
  ['self-signed', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT', /localhost.*tls\.ca/],
  ['below', { ca }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /Test Intermediate.*whole chain/],
  ['weak', { ca }, 'ERR_SSL_CA_MD_TOO_WEAK', /localhost.*SHA-1/],
  ['client', { ca, servername: 'localhost' }, 'INVALID_PURPOSE', /serverAuth/],
];
for (const [name, tls, code, told] of cases) {
  const { server, url } = await serve(identity(name));
  const failed = await failing(url, { tls });
  assert.strictEqual(failed.code, code, `${name}: ${failed.code} ${failed.message}`);
  assert.match(failed.message, told);
  assert.strictEqual(failed.cause, 'tls');
  await server.close();
}

// The whole chain is sent, and its end is not known here.
const chain = await serve({ cert: file('below-chain.pem'), key: file('below.key') });
assert.strictEqual((await failing(chain.url)).code, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
(await open(chain.url, { tls: { ca } })).close();
await chain.server.close();

assert.strictEqual(await ask(ws, 'still here'), 'still here');
ws.close();
await trusted.server.close();
