// acceptKey, isUpgradeRequest and validateRequest: the opening handshake of RFC 6455 4.2.

import assert from 'assert';
import { acceptKey, isUpgradeRequest, validateRequest } from 'krandog:frame';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
assert.strictEqual(acceptKey(key), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
assert.throws(() => acceptKey(), { code: 'ERR_INVALID_ARG_TYPE', message: /"key" argument/ });

const headers = {
  host: 'example.com',
  upgrade: 'websocket',
  connection: 'keep-alive, Upgrade',
  'sec-websocket-key': key,
  'sec-websocket-version': '13',
  'sec-websocket-protocol': 'chat, superchat',
};
const req = { method: 'GET', httpVersion: '1.1', headers };
assert(isUpgradeRequest(req));
assert(isUpgradeRequest({ headers: { Upgrade: 'WebSocket' } }));
assert(!isUpgradeRequest({ headers: { upgrade: 'h2c' } }));
assert(!isUpgradeRequest({}));
assert.deepStrictEqual(validateRequest(req), {
  ok: true, key, accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', protocols: ['chat', 'superchat'],
});
assert(validateRequest({ headers: new Map(Object.entries(headers)) }).ok);

const without = (name) => validateRequest({ ...req, headers: { ...headers, [name]: [] } });
for (const [answer, status, message, field] of [
  [validateRequest({ ...req, method: 'POST' }), 405, /uses GET, not POST/, { Allow: 'GET' }],
  [validateRequest({ ...req, httpVersion: '1.0' }), 400, /HTTP\/1\.0/, {}],
  [without('sec-websocket-version'), 426, /Version is not 13/, { 'Sec-WebSocket-Version': '13' }],
  [without('sec-websocket-key'), 400, /Key header is missing/, {}],
  [without('connection'), 400, /Connection header/, {}],
  [without('upgrade'), 426, /Upgrade header/, { Upgrade: 'websocket' }],
  [validateRequest({ headers: { ...headers, 'sec-websocket-key': [key, key] } }), 400, /more than one/, {}],
]) {
  assert.deepStrictEqual([answer.ok, answer.status, answer.headers], [false, status, field]);
  assert.match(answer.message, message);
}
