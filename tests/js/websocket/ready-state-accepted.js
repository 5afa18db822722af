// The readyState of an accepted socket is a property of its own once it was asked for. It always
// says what the accessor of the prototype does: after whatever ends the socket, at once.

import assert from 'assert';
import { emitted, event, open, serve, wait } from '../../support/network.js';

const { get } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'readyState');
function state(ws) {
  assert.strictEqual(ws.readyState, get.call(ws));
  return ws.readyState;
}

const { server, url } = await serve({ websocket: { maxBackpressure: 4096 } }, () => {});

/** Both ends of a new connection; the accepted one has the property, or not. */
async function pair(isAsked) {
  const accepted = emitted(server, 'connection');
  const peer = await open(url);
  const ws = await accepted;
  if (isAsked) {
    assert.strictEqual(state(ws), WebSocket.OPEN);
    await wait(1);
  }
  assert.strictEqual(Object.hasOwn(ws, 'readyState'), isAsked);
  return [ws, peer];
}

/** Checks a socket from when it was ended until it is over. */
async function over(ws) {
  const closed = event(ws, 'close');
  assert.strictEqual(state(ws), WebSocket.CLOSING);
  ws.close();
  assert.strictEqual(state(ws), WebSocket.CLOSING);
  await closed;
  assert.strictEqual(state(ws), WebSocket.CLOSED);
}

for (const isAsked of [false, true]) {
  const [closing] = await pair(isAsked);
  closing.close();
  await over(closing);

  const [terminated] = await pair(isAsked);
  terminated.terminate();
  await over(terminated);

  const [left, peer] = await pair(isAsked);
  const closed = event(left, 'close');
  peer.close();
  await closed;
  assert.strictEqual(state(left), WebSocket.CLOSED);

  const [flooded, slow] = await pair(isAsked);
  slow.pause();
  while (flooded.send('x'.repeat(1 << 20)));
  await over(flooded);
  slow.terminate();
}

// As with an accessor, nothing shows and nothing can be assigned.
const [quiet] = await pair(true);
assert.deepStrictEqual(Object.keys(quiet), []);
assert.deepStrictEqual({ ...quiet }, {});
assert.throws(() => {
  quiet.readyState = 3;
}, TypeError);

// What a script makes of the property stays. All of them end at once.
const [redefined] = await pair(true);
Object.defineProperty(redefined, 'readyState', { value: 'mine', writable: true });
const [deleted] = await pair(true);
delete deleted.readyState;
const [frozen] = await pair(false);
Object.freeze(frozen);
await wait(1);
const all = [quiet, deleted, frozen];
for (const ws of all) assert.strictEqual(state(ws), WebSocket.OPEN);
const ended = [...all, redefined].map((ws) => event(ws, 'close'));
const done = server.close();
for (const ws of all) assert.strictEqual(state(ws), WebSocket.CLOSING);
await Promise.all(ended);
for (const ws of all) assert.strictEqual(state(ws), WebSocket.CLOSED);
assert.strictEqual(redefined.readyState, 'mine');
assert.ok(!Object.hasOwn(deleted, 'readyState') && !Object.hasOwn(frozen, 'readyState'));
await done;
