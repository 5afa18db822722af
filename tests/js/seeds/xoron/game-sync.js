// The state of a game, many times a second: positions go in, one state of all players comes out.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';

const TICK_MS = 2;
const players = new Map();
const { server, url } = await serve({
  websocket: {
    open: (ws) => void ws.join('game'),
    message(ws, data) {
      const { type, x, y, timestamp } = JSON.parse(data);
      assert.strictEqual(type, 'position');
      players.set(ws.id, { x, y, timestamp });
    },
    close: (ws) => void players.delete(ws.id),
  },
});
const tick = setInterval(() => {
  server.hub.publish('game', JSON.stringify([...players.values()]));
}, TICK_MS);

let state = [];
const watcher = await open(url);
watcher.onmessage = ({ data }) => (state = JSON.parse(data));

const player = await open(url);
let x = 0;
const moves = setInterval(() => {
  x += 1;
  player.send(JSON.stringify({ type: 'position', x, y: -x, timestamp: Date.now() }));
}, TICK_MS);

// What is seen goes on, and never back.
let last = 0;
while (last < 10) {
  await event(watcher, 'message');
  if (state.length === 0) continue;
  assert(state[0].x >= last && state[0].x <= x);
  assert.strictEqual(state[0].y, -state[0].x);
  last = state[0].x;
}
clearInterval(moves);
player.close();
while (state.length > 0) await event(watcher, 'message');
clearInterval(tick);
await server.close();
