// Whoever has seen that messages wait hears when they are gone, once, however soon that is.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { message: (ws, data) => ws.send(data) } });
const ws = await open(url);
let drains = 0;
ws.addEventListener('drain', () => (drains += 1));

ws.send('nobody looks');
await event(ws, 'message');
assert.strictEqual(drains, 0);

ws.send('x'.repeat(500_000));
assert.strictEqual(ws.bufferedAmount, 500_000);
await event(ws, 'drain');
assert.deepStrictEqual([drains, ws.bufferedAmount], [1, 0]);
await event(ws, 'message');

ws.send('nobody looks');
await event(ws, 'message');
assert.strictEqual(drains, 1);
await server.close();
