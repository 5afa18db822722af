// A WebSocket that has been open for as long as it may be is closed with 1012, and may come back.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { maxLifetime: 60 } }, ({ ws, data }) => ws.send(data));
const client = await open(url, { reconnect: { minDelay: 1, maxDelay: 2 } });
const [ws] = server.clients;
const end = closing(ws);
const { code, reason } = await event(client, 'reconnecting');
assert.deepStrictEqual([code, reason], [1012, 'open for as long as it may be']);
assert.strictEqual((await end).code, 1012);
assert.strictEqual(ws.closeInfo.cause, 'limit');
client.close();
await server.close();
