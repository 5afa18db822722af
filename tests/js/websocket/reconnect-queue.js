// The option queue: what is sent while a socket is not open waits, in order, behind what the
// listener of `reconnected` sends, and is bounded.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

let accepted;
const seen = [];
const { server, url } = await serve({
  websocket: { open: (ws) => void (accepted = ws) },
}, ({ ws, data }) => {
  seen.push(data);
  if (data === 'last') ws.send('all');
});
const reconnect = { minDelay: 1, maxDelay: 1 };

// By default, with reconnect.
let ws = await open(url, { reconnect });
ws.onreconnecting = () => {
  for (const text of ['a', 'bc', 'last']) assert.strictEqual(ws.send(text), undefined);
  assert.strictEqual(ws.bufferedAmount, 7);
};
ws.onreconnected = () => ws.send('first');
accepted.terminate();
await event(ws, 'message');
assert.deepStrictEqual(seen.splice(0), ['first', 'a', 'bc', 'last']);
assert.strictEqual(ws.bufferedAmount, 0);
ws.close();
await closing(ws);

// Without reconnect, until it opens.
ws = new WebSocket(url, { queue: true });
ws.send('before');
ws.send(new Blob(['last']));
ws.send('last');
await event(ws, 'message');
assert.deepStrictEqual([seen[0], seen[2]], ['before', 'last']);
ws.close();
await closing(ws);

// More than it may hold.
const full = (message) => ({ name: 'QuotaExceededError', message });
ws = new WebSocket(url, { queue: { maxMessages: 2, maxBytes: 5 } });
ws.send('1234');
assert.throws(() => ws.send('56'), full(/4 bytes wait already, and 2 more .*option queue\.maxBytes/));
ws.send(new Uint8Array(1));
assert.throws(() => ws.send(''), full(/2 messages wait already \(option queue\.maxMessages\)/));
// What never left counts as buffered for ever.
ws.close();
await closing(ws);
assert.strictEqual(ws.bufferedAmount, 5);

// Not with queue: false.
ws = await open(url, { reconnect, queue: false });
ws.onreconnecting = () => assert.throws(() => ws.send('x'), { name: 'InvalidStateError' });
const back = event(ws, 'reconnected');
accepted.terminate();
await back;
ws.close();
await closing(ws);
await server.close();
