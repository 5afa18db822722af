// Silence that a paused socket makes itself is not held against the peer.

import assert from 'assert';
import { ask, event, open, serve, wait } from '../../support/network.js';

const options = { websocket: { pingInterval: 20, pongTimeout: 20, idleTimeout: 50 } };
let paused;
const seen = [];
const { server, url } = await serve(options, ({ ws, data }) => {
  seen.push(data);
  if (data === 'pause') ws.pause();
  if (data === 'ask') ws.send('answer');
  paused = ws;
});
const ws = await open(url);
ws.send('pause');
ws.send('later');
await wait(250);
assert.deepStrictEqual(seen, ['pause']);
assert.strictEqual(ws.readyState, WebSocket.OPEN);
paused.resume();
assert.strictEqual(await ask(ws, 'ask'), 'answer');
assert.deepStrictEqual(seen, ['pause', 'later', 'ask']);
ws.close();
await event(ws, 'close');
await server.close();
