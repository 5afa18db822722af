// A game for many: the server moves everybody 20 times a second, and tells all of them where they
// are. A client only says where it wants to go.
//
//   krandog server.js        then open the address that it prints, in two windows
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';
import { files } from 'krandog:files';

export const WIDTH = 640;
export const HEIGHT = 400;
const TICK_MS = 50;
const STEP = 8;
const DIRECTIONS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

const players = new Map(); // From the id of a WebSocket to where its player is.
let clock;

export const server = http.createServer();

server.ws('/play', {
  maxPayload: 256,
  rateLimit: { messages: 60, per: 1000 },
  open(ws) {
    const hue = Math.floor(Math.random() * 360);
    players.set(ws.id, { id: ws.id, x: WIDTH / 2, y: HEIGHT / 2, hue, keys: new Set() });
    ws.send(JSON.stringify({ type: 'you', id: ws.id, width: WIDTH, height: HEIGHT }));
    ws.join('game');
    clock ??= setInterval(tick, TICK_MS);
  },
  message(ws, data) {
    // `+left`: the key is down; `-left`: it is up.
    const [sign, name] = [String(data)[0], String(data).slice(1)];
    if (!Object.hasOwn(DIRECTIONS, name)) return;
    const { keys } = players.get(ws.id);
    if (sign === '+') keys.add(name);
    else keys.delete(name);
  },
  close(ws) {
    players.delete(ws.id);
    if (players.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  },
});

server.get('/*', files(new URL('./public', import.meta.url)));

/** Moves everybody by one step. */
export function move(player) {
  for (const name of player.keys) {
    const [dx, dy] = DIRECTIONS[name];
    player.x = Math.min(WIDTH, Math.max(0, player.x + dx * STEP));
    player.y = Math.min(HEIGHT, Math.max(0, player.y + dy * STEP));
  }
}

function tick() {
  for (const player of players.values()) move(player);
  const all = Array.from(players.values(), ({ id, x, y, hue }) => ({ id, x, y, hue }));
  server.hub.publish('game', JSON.stringify({ type: 'state', players: all }));
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Game: http://localhost:${server.address().port}/`);
});
