// The readyState of an accepted socket, which is a hidden property of its own, always says what the
// accessor of the prototype does: after whatever ends the socket, at once.

import assert from 'assert';
import { emitted, event, open, serve } from '../../support/network.js';

const { get } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'readyState');
function state(ws) {
  assert.strictEqual(ws.readyState, get.call(ws));
  return ws.readyState;
}

const { server, url } = await serve({ websocket: { maxBackpressure: 4096 } }, () => {});
/** Both ends of a new connection. */
async function pair() {
  const accepted = emitted(server, 'connection');
  const ws = await open(url);
  return [await accepted, ws];
}
/** What is true of a socket until it is over. */
async function over(ws) {
  const closed = event(ws, 'close');
  assert.strictEqual(state(ws), WebSocket.CLOSING);
  ws.close();
  assert.strictEqual(state(ws), WebSocket.CLOSING);
  await closed;
  assert.strictEqual(state(ws), WebSocket.CLOSED);
}

const [a] = await pair();
assert.strictEqual(state(a), WebSocket.OPEN);
// As with an accessor, nothing shows and nothing can be assigned.
assert.deepStrictEqual(Object.keys(a), []);
assert.deepStrictEqual({ ...a }, {});
assert.throws(() => {
  a.readyState = 3;
}, TypeError);
a.close();
await over(a);

const [b] = await pair();
b.terminate();
await over(b);

// The peer closes.
const [c, peer] = await pair();
const closed = event(c, 'close');
peer.close();
await closed;
assert.strictEqual(state(c), WebSocket.CLOSED);

// A message that breaks a limit: the state has changed before anything else is called.
const [d, slow] = await pair();
slow.pause();
let sent = 0;
while (d.send('x'.repeat(1 << 20))) sent++;
assert.ok(sent > 0);
await over(d);
slow.terminate();

// A handler that throws, an iteration over all of them, and a script's own property.
const [e] = await pair();
e.addEventListener('message', () => {
  throw new Error('expected');
});
const [f] = await pair();
Object.defineProperty(f, 'readyState', { value: 'mine', writable: true });
const [g, other] = await pair();
delete g.readyState;
assert.strictEqual(state(g), WebSocket.OPEN);
const all = [...server.clients];
const ended = Promise.all(all.map((ws) => event(ws, 'close')));
const done = server.close();
assert.ok(all.includes(e) && all.includes(g));
for (const ws of all) {
  if (ws === f) assert.strictEqual(ws.readyState, 'mine');
  else assert.strictEqual(state(ws), WebSocket.CLOSING);
}
await ended;
assert.strictEqual(f.readyState, 'mine');
assert.strictEqual(state(g), WebSocket.CLOSED);
await done;
