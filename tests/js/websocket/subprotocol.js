// The server takes the first of its own subprotocols that the client offers.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { protocols: ['v2', 'v1'] } });
const cases = [
  [undefined, ''],
  ['v1', 'v1'],
  [['v1', 'v2'], 'v2'],
  [{ protocols: ['v1'] }, 'v1'],
  [new Set(['v1', 'v3']), 'v1'],
];
for (const [offered, chosen] of cases) {
  assert.strictEqual((await open(url, offered)).protocol, chosen);
}
await server.close();
