// https: URLs, with the authorities and the identity of the option `tls`.

import assert from 'assert';
import { rejection } from '../../support/fetch.js';
import { ca, identity, serve } from '../../support/tls.js';

const options = { ca, requestCert: true, rejectUnauthorized: false };
const { server, url: ws } = await serve(options, (req) => {
  const name = req.peerCertificate?.subject.CN ?? 'nobody';
  return `${req.protocol} ${name} ${req.remotePort}`;
});
const url = ws.replace('wss:', 'https:');
const text = async (tls) => (await fetch(url, { tls })).text();

const [scheme, name, port] = (await text({ ca })).split(' ');
assert.deepStrictEqual([scheme, name], ['https', 'nobody']);
// Connections with the same options are shared, and with others they are not.
assert.strictEqual((await text({ ca })).split(' ')[2], port);
const known = (await text({ ca, ...identity('client') })).split(' ');
assert.notStrictEqual(known[1], 'nobody');
assert.notStrictEqual(known[2], port);
const any = await text({ rejectUnauthorized: false });
assert.notStrictEqual(any.split(' ')[2], port);

const refused = await rejection(fetch(url));
assert.strictEqual(refused.message, 'fetch failed');
assert.strictEqual(refused.cause.code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
assert.strictEqual(refused.cause.url, `${url}/`);
const plain = await fetch(url.replace('https:', 'http:'));
assert.deepStrictEqual([plain.status, await plain.text()], [400, 'this port speaks TLS: use https: or wss:\n']);
server.close();
