// The opening handshake by hand: whether a request asks for a WebSocket, and what to answer.

import assert from 'assert';
import { acceptKey, isUpgradeRequest, validateRequest } from 'krandog:frame';
import { open, serve } from '../../../support/network.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
assert.strictEqual(acceptKey(key), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
assert.strictEqual(acceptKey(key).length, 28);

const headers = {
  Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': key, 'Sec-WebSocket-Version': '13',
};
assert.strictEqual(validateRequest({ headers }).accept, acceptKey(key));
for (const name of ['Upgrade', 'Connection', 'Sec-WebSocket-Key']) {
  const { ok, status } = validateRequest({ headers: { ...headers, [name]: [] } });
  assert.deepStrictEqual([ok, status >= 400], [false, true], name);
}
assert.deepStrictEqual([isUpgradeRequest({ headers }), isUpgradeRequest({ headers: {} })], [true, false]);

// A server does all of that by itself; the request of the hook is one that is valid.
const asked = [];
const { server, url } = await serve({ websocket: { upgrade: (req) => void asked.push(validateRequest(req)) } });
await open(url, ['chat']).catch(() => {});
assert.deepStrictEqual(asked.map(({ ok, protocols }) => [ok, protocols]), [[true, ['chat']]]);
await server.close();
