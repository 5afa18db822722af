// Fields that say how a message is framed are not for scripts to set.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => req.headers.connection ?? 'kept');
for (const [headers, expected] of [
  [{ 'transfer-encoding': 'chunked' }, /transfer-encoding belongs to the connection/],
  [{ upgrade: 'websocket' }, /upgrade belongs to the connection/],
  [{ expect: '100-continue' }, /expect belongs/],
  [{ connection: 'x-own' }, /'close' or 'keep-alive'/],
  [{ 'content-length': '5' }, /content-length says 5, but the body has 0 bytes/],
  [{ 'content-length': 'five' }, /must be one number/],
]) {
  const error = await rejection(fetch(url, { headers }));
  assert.strictEqual(error.name, 'TypeError');
  assert.strictEqual(error.message, 'fetch failed');
  assert.strictEqual(error.cause.code, 'ERR_INVALID_ARG_VALUE');
  assert.match(error.cause.message, expected);
}
const right = { method: 'POST', body: 'hello', headers: { 'content-length': '5' } };
assert.strictEqual((await fetch(url, right)).status, 200);
const last = await fetch(url, { headers: { connection: 'close' } });
assert.strictEqual(await last.text(), 'close');
server.close();
