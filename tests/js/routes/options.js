// A route has limits, subprotocols and compression of its own.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { protocols: ['v1'], perMessageDeflate: true } },
  ({ ws, data }) => void ws.send(data),
);
server.ws('/small', { maxPayload: 100 });
server.ws('/v2', { protocols: ['v2', 'v1'] });
server.ws('/chosen', { protocols: (offered) => offered.at(-1) });
server.ws('/plain', { perMessageDeflate: false });
server.ws('/level', { perMessageDeflate: { threshold: 1, serverNoContextTakeover: false } });

const ends = await Promise.all(['/small', '/v2'].map(async (path) => {
  const ws = await open(url + path);
  const end = event(ws, 'close');
  ws.send('x'.repeat(101));
  event(ws, 'message').then(() => ws.close());
  return (await end).code;
}));
assert.deepStrictEqual(ends, [1009, 1005]);

for (const [path, offered, protocol] of [
  ['/', ['v2', 'v1'], 'v1'], ['/v2', ['v1', 'v2'], 'v2'], ['/chosen', ['v1', 'v2', 'v3'], 'v3'],
  ['/small', ['v2', 'v1'], 'v1'],
]) {
  assert.strictEqual((await open(url + path, offered)).protocol, protocol, path);
}
for (const [path, extensions] of [
  ['/', /^permessage-deflate; server_no_context_takeover/], ['/plain', /^$/],
  ['/level', /^permessage-deflate; client_no_context_takeover$/],
]) {
  const ws = await open(url + path, { perMessageDeflate: { serverNoContextTakeover: false } });
  assert.match(ws.extensions, extensions, path);
  assert.strictEqual(await ask(ws, 'x'.repeat(2000)), 'x'.repeat(2000));
}
await server.close();
