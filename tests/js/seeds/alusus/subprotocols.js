// Handlers with subprotocols: the first of theirs that the client offers too.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';

const { server, url } = await serve();
server.ws('/websocket', { protocols: ['v2', 'v1'], open: (ws) => void ws.send(ws.protocol) });
server.ws('/plain', { open: (ws) => void ws.send(ws.protocol) });
for (const [offered, chosen] of [[['v1'], 'v1'], [['v1', 'v2'], 'v2'], [[], '']]) {
  const ws = await open(`${url}/websocket`, offered);
  assert.strictEqual(await ws.receive(), chosen);
  assert.strictEqual(ws.protocol, chosen);
}
assert.strictEqual(await (await open(`${url}/plain`)).receive(), '');
// A client that is offered none of its own gives up, as in browsers.
const failed = await event(new WebSocket(`${url}/websocket`, ['v3']), 'error');
assert.strictEqual(failed.code, 'WS_HANDSHAKE');
await server.close();
