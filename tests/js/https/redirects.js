// A redirect to another server: who the client is, and what the first server is called, is not for
// the second one.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, failing, identity, serve } from '../../support/tls.js';

const clients = [];
const second = await serve({
  requestCert: true,
  rejectUnauthorized: false,
  ca,
  websocket: { upgrade: (req) => void clients.push(req.peerCertificate?.subject.CN) },
}, ({ ws, data }) => void ws.send(`second: ${data}`));
const first = await serve({
  ...identity('example'),
  requestCert: true,
  ca,
  websocket: {
    upgrade(req) {
      clients.push(req.peerCertificate.subject.CN);
      return { status: 302, headers: { Location: `${second.url}${req.pathname}` } };
    },
  },
}, () => {});

const tls = { ca, ...identity('client'), servername: 'example.com' };
const ws = await open(first.url, { tls, followRedirects: true });
assert.strictEqual(await ask(ws, 'hello'), 'second: hello');
assert.deepStrictEqual(clients, ['Test Client', undefined]);
ws.close();

// The second one has to prove who it is, as the first one has.
second.server.setSecureContext(identity('example'));
const { code } = await failing(first.url, { tls, followRedirects: true });
assert.strictEqual(code, 'ERR_TLS_CERT_ALTNAME_INVALID');
await first.server.close();
await second.server.close();
