// A server asks clients who they are, and handlers see what they have proved.

import assert from 'assert';
import { ask, event, open } from '../../support/network.js';
import { ca, failing, file, identity, serve } from '../../support/tls.js';

const upgrades = [];
const { server, url } = await serve({
  requestCert: true,
  ca,
  websocket: {
    upgrade(req) {
      upgrades.push(req.peerCertificate);
    },
    message(ws, data) {
      ws.send(data);
    },
  },
});

const ws = await open(url, { tls: { ca, ...identity('client') } });
assert.strictEqual(await ask(ws, 'hello'), 'hello');
const [certificate] = upgrades;
assert.deepStrictEqual({ ...certificate.subject }, { O: 'krandog', CN: 'Test Client' });
assert.deepStrictEqual({ ...certificate.issuer }, { O: 'krandog', CN: 'Test Authority' });
assert.strictEqual(certificate.subjectaltname, 'email:client@example.com');
assert.strictEqual(certificate.valid_from, 'Jan  1 00:00:00 2020 GMT');
assert.strictEqual(certificate.valid_to, 'Jan  1 00:00:00 2100 GMT');
assert.match(certificate.fingerprint256, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
assert.match(certificate.serialNumber, /^[0-9A-F]+$/);
assert.ok(certificate.raw instanceof Uint8Array && certificate.raw[0] === 0x30);
ws.close();
await event(ws, 'close');

const pfx = { pfx: file('client.p12'), passphrase: 'secret' };
(await open(url, { tls: { ca, ...pfx } })).close();

// No certificate, one of another authority, and one that is for servers.
const none = await failing(url, { tls: { ca } });
assert.strictEqual(none.code, 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
assert.strictEqual(none.cause, 'tls');
assert.match(none.message, /tls\.cert/);
const stranger = await failing(url, { tls: { ca, ...identity('stranger') } });
assert.match(stranger.code, /^ERR_SSL_.*ALERT/);
const wrong = await failing(url, { tls: { ca, ...identity('server') } });
assert.match(wrong.code, /^ERR_SSL_.*ALERT/);
assert.strictEqual(upgrades.length, 2);
await server.close();

// Those that have none may come in where the server says so.
const lenient = await serve({
  requestCert: true,
  rejectUnauthorized: false,
  ca,
  websocket: { upgrade: (req) => ({ headers: { who: String(req.peerCertificate) } }) },
});
(await open(lenient.url, { tls: { ca } })).close();
await lenient.server.close();
