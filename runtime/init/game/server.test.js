// Tests of the server: players move as their keys say, and stay on the field.

import assert from 'node:assert';
import test from 'node:test';

process.env.PORT = '0';
const { HEIGHT, WIDTH, move, server } = await import('./server.js');

test('nobody leaves the field', () => {
  const player = { x: WIDTH - 1, y: 0, keys: new Set(['right', 'up']) };
  move(player);
  assert.deepStrictEqual([player.x, player.y], [WIDTH, 0]);
  player.keys = new Set(['left', 'down']);
  move(player);
  assert.ok(player.x < WIDTH && player.y > 0 && player.y < HEIGHT);
});

test('a key that is down moves its player', async () => {
  const ws = new WebSocket(`ws://localhost:${server.address().port}/play`);
  let me;
  let start;
  for await (const text of ws) {
    const message = JSON.parse(text);
    if (message.type === 'you') {
      me = message.id;
      ws.send('+left');
      ws.send('+nowhere');
      continue;
    }
    const player = message.players.find(({ id }) => id === me);
    start ??= player.x;
    if (player.x < start) break;
  }
  ws.close();
});

test('the page is served', async () => {
  const response = await fetch(`http://localhost:${server.address().port}/`);
  assert.match(await response.text(), /<canvas/);
});

test.after(() => server.close());
