// drained() of a socket that is not open yet waits until it is, and what has waited is written.

import assert from 'assert';
import { serve } from '../../support/network.js';

const heard = [];
const { server, url } = await serve({ websocket: { message: (ws, data) => void heard.push(data) } });
const ws = new WebSocket(url, { queue: true });
ws.send('early');
await ws.drained();
assert.deepStrictEqual([ws.readyState, ws.bufferedAmount], [WebSocket.OPEN, 0]);

const silent = new WebSocket(url);
await silent.drained();
assert.strictEqual(silent.readyState, WebSocket.OPEN);

const refused = new WebSocket('ws://127.0.0.1:1/');
refused.onerror = () => {};
await assert.rejects(refused.drained(), { code: 'ERR_WEBSOCKET_CLOSED' });
while (heard.length === 0) await new Promise((next) => setImmediate(next));
assert.deepStrictEqual(heard, ['early']);
await server.close();
