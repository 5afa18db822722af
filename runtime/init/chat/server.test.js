// Tests of the server: a room carries what is said to everybody in it, and nothing else.

import assert from 'node:assert';
import test from 'node:test';

process.env.PORT = '0';
const { server } = await import('./server.js');

/** A guest in a room, and what it hears. */
async function guest(room) {
  const ws = new WebSocket(`ws://localhost:${server.address().port}/room/${room}`);
  const heard = ws[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await heard.next()).value);
  assert.strictEqual((await next()).type, 'joined');
  return { ws, next, send: (message) => ws.send(JSON.stringify(message)) };
}

test('what is said reaches everybody in the room', async () => {
  const ann = await guest('tea');
  const bob = await guest('tea');
  assert.strictEqual((await ann.next()).type, 'joined');
  bob.send({ type: 'name', text: 'Bob' });
  assert.strictEqual((await ann.next()).who, 'Bob');
  bob.send({ type: 'say', text: 'hello' });
  assert.deepStrictEqual(await ann.next(), { type: 'said', who: 'Bob', text: 'hello' });
  bob.ws.close();
  assert.strictEqual((await ann.next()).type, 'left');
  ann.ws.close();
});

test('what is no message is left out', async () => {
  const eve = await guest('attic');
  eve.ws.send('{');
  eve.ws.send('null');
  eve.send({ type: 'say', text: 7 });
  eve.send({ type: 'say', text: 'done' });
  assert.strictEqual((await eve.next()).text, 'done');
  eve.ws.close();
});

test('the page is served', async () => {
  const response = await fetch(`http://localhost:${server.address().port}/`);
  assert.match(await response.text(), /<title>Chat/);
});

test.after(() => server.close());
