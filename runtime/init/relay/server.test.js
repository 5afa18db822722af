// Tests of the server: messages reach the others in a room, without a script.

import assert from 'node:assert';
import test from 'node:test';

process.env.PORT = '0';
const { server } = await import('./server.js');

/** A peer in a room, once the server has it there. */
async function peer(room) {
  const ws = new WebSocket(`ws://localhost:${server.address().port}/relay/${room}`);
  ws.binaryType = 'arraybuffer';
  const heard = ws[Symbol.asyncIterator]();
  ws.next = async () => (await heard.next()).value;
  await new Promise((resolve) => {
    ws.onopen = resolve;
  });
  ws.send('ping');
  assert.strictEqual(await ws.next(), 'pong');
  return ws;
}

test('messages reach the others in the room, and nobody else', async () => {
  const [one, two, other] = await Promise.all([peer('a'), peer('a'), peer('b')]);
  one.send('text');
  one.send(new Uint8Array([1, 2, 3]));
  assert.strictEqual(await two.next(), 'text');
  assert.deepStrictEqual(new Uint8Array(await two.next()), new Uint8Array([1, 2, 3]));
  two.send('back');
  assert.strictEqual(await one.next(), 'back');
  other.send('ping');
  assert.strictEqual(await other.next(), 'pong');
  const rooms = await (await fetch(`http://localhost:${server.address().port}/rooms`)).json();
  assert.deepStrictEqual(rooms.find(({ name }) => name === 'a'), { name: 'a', peers: 2 });
  for (const ws of [one, two, other]) ws.close();
});

test('the page is served', async () => {
  const response = await fetch(`http://localhost:${server.address().port}/`);
  assert.match(await response.text(), /<title>Relay/);
});

test.after(() => server.close());
