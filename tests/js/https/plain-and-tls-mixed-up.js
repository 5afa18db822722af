// TLS on a plain port, plain HTTP on a TLS port: whoever does it is told, and nobody else notices.

import assert from 'assert';
import { ask, open, serve as servePlain } from '../../support/network.js';
import { ca, failing, serve } from '../../support/tls.js';

const echo = (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
};
const secure = await serve({}, echo);
const plain = await servePlain(echo);
const others = [await open(secure.url, { tls: { ca } }), await open(plain.url)];

const toSecure = await failing(secure.url.replace('wss:', 'ws:'));
assert.strictEqual(toSecure.code, 'HTTP_400');
assert.match(toSecure.message, /this port speaks TLS: use https: or wss:/);

const toPlain = await failing(plain.url.replace('ws:', 'wss:'), { tls: { ca } });
assert.strictEqual(toPlain.code, 'ERR_SSL_WRONG_VERSION_NUMBER');
assert.strictEqual(toPlain.cause, 'tls');
assert.match(toPlain.message, /does not speak TLS on this port: use ws:/);

for (const ws of others) {
  assert.strictEqual(await ask(ws, 'still here'), 'still here');
  ws.close();
}
await secure.server.close();
await plain.server.close();
