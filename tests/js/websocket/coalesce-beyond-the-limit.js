// With the policy coalesce, a peer for whom too much waits that has no key is closed with 1013.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing } from '../../support/network.js';

const { server, ws, client } = await behind({ backpressure: 'coalesce', maxBackpressure: 2 ** 17 });
const ends = [closing(client), closing(ws)];
ws.send('value', { key: 'k' });
let sent = 0;
while (ws.send('x'.repeat(1000)) !== false) assert((sent += 1) < 1000);
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
// One with a key would have fitted.
assert.strictEqual(ws.send('value', { key: 'k' }), false);
client.resume();
for (const { code } of await Promise.all(ends)) assert.strictEqual(code, 1013);
await server.close();
