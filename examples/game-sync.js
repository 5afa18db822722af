// A game for many: the server moves everybody, 20 times a second, and the page draws what it says.
//
//   krandog examples/game-sync.js            then open the address that it prints, twice
//
// Environment: PORT (3000; 0 picks a free one).
//
// The protocol: a WebSocket at /play is a player. Every message is JSON.
//
// From a client
//   [x, y]         where it wants to go, each from -1 to 1; [0, 0] stops. Nothing else counts: a
//                  client that lies can at most walk.
//
// From the server
//   {type: 'welcome', id, size, tick}                 who you are; `tick` is in ms
//   {type: 'state', number, players, crumbs}
//       All that there is: [id, x, y, score] of everybody, and [x, y] of every crumb. So it does
//       not matter if a client misses one.

import http from 'http';
import { addPage } from './game-sync-page.js';

const TICK_MS = 50;
const SIZE = 1600; // The field is a square.
const SPEED = 380; // A second.
const REACH = 40; // How near to a crumb one has to come.
const CRUMBS = 24;

const players = new Map(); // From id to {x, y, going, score}.
/** @type {[number, number][]} */
const crumbs = Array.from({ length: CRUMBS }, somewhere);
let number = 0;
let clock;

const server = http.createServer();
addPage(server);

server.ws('/play', {
  maxConnections: 100,
  maxPayload: 256,
  // A page sends 20 a second. Whoever sends more has to wait.
  rateLimit: { messages: 40, per: 1000 },
  // Who reads too slowly gets the latest state, and not all of them late.
  backpressure: 'coalesce',
  open(ws) {
    const [x, y] = somewhere();
    players.set(ws.id, { x, y, going: [0, 0], score: 0 });
    ws.join('field');
    ws.send(JSON.stringify({ type: 'welcome', id: ws.id, size: SIZE, tick: TICK_MS }));
  },
  message(ws, data) {
    const going = direction(data);
    if (going === null) return ws.close(1008, 'send where you want to go, such as [1, 0]');
    players.get(ws.id).going = going;
  },
  close(ws) {
    players.delete(ws.id);
  },
});

// Time passes only while somebody is there.
server.hub.on('occupied', () => {
  clock = setInterval(tick, TICK_MS);
});
server.hub.on('vacated', () => clearInterval(clock));

function tick() {
  for (const player of players.values()) {
    const [x, y] = player.going;
    player.x = inside(player.x + x * SPEED * TICK_MS / 1000);
    player.y = inside(player.y + y * SPEED * TICK_MS / 1000);
    crumbs.forEach(([cx, cy], at) => {
      if (Math.hypot(cx - player.x, cy - player.y) > REACH) return;
      player.score += 1;
      crumbs[at] = somewhere();
    });
  }
  number += 1;
  const all = Array.from(players, ([id, { x, y, score }]) => (
    [id, Math.round(x), Math.round(y), score]
  ));
  // Encoded once, for everybody.
  const state = JSON.stringify({ type: 'state', number, players: all, crumbs });
  server.hub.publish('field', state, { key: 'state' });
}

// What a client wants, at most one step long; null if that is nonsense.
function direction(data) {
  let wanted;
  try {
    wanted = JSON.parse(data);
  } catch {
    return null;
  }
  if (!Array.isArray(wanted) || wanted.length !== 2 || !wanted.every(Number.isFinite)) return null;
  const length = Math.max(1, Math.hypot(...wanted));
  return wanted.map((part) => part / length);
}

function inside(place) {
  return Math.min(SIZE, Math.max(0, place));
}

/** @returns {[number, number]} */
function somewhere() {
  return [Math.round(Math.random() * SIZE), Math.round(Math.random() * SIZE)];
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Game server: http://localhost:${server.address().port}/`);
});
