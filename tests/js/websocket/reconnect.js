// The option reconnect: the same object goes on after its connection has gone, and says so.

import assert from 'assert';
import { ask, closing, event, open, serve } from '../../support/network.js';

let accepted;
const { server, url } = await serve({
  websocket: {
    open: (ws) => void (accepted = ws),
  },
}, ({ ws, data }) => void ws.send(`${ws.id} ${data}`));
const told = [];
const ws = await open(url, { reconnect: { minDelay: 1, maxDelay: 2 } });
ws.onopen = () => assert.fail('it opens once');
ws.onerror = () => assert.fail('an error');
const id = ws.id;
ws.addEventListener('reconnecting', (event) => {
  assert.strictEqual(event.target, ws);
  assert.strictEqual(ws.readyState, WebSocket.CONNECTING);
  assert.ok(event.delay >= 0 && event.delay <= 2, event.delay);
  assert.deepStrictEqual(event.lost, { messages: 0, bytes: 0 });
  told.push([event.attempt, event.code, event.reason, event.error?.code]);
});
ws.onreconnected = ({ attempt, downtime }) => {
  assert.strictEqual(ws.readyState, WebSocket.OPEN);
  assert.ok(Number.isInteger(downtime) && downtime >= 0);
  told.push(attempt);
};

async function again(end) {
  const back = event(ws, 'reconnected');
  end();
  await back;
  // The connection is another one, the socket is not.
  assert.strictEqual(await ask(ws, 'hello'), `${accepted.id} hello`);
  assert.strictEqual(ws.id, id);
  assert.strictEqual(ws.closeInfo, null);
}
await again(() => accepted.terminate());
await again(() => accepted.close(4000, 'go away'));
await again(() => accepted.close());
// It was never open for long, so it is still counting.
assert.deepStrictEqual(told, [
  [1, 1006, told[0][2], 'ECONNRESET'], 1,
  [2, 4000, 'go away', undefined], 2,
  [3, 1005, 'no status received', undefined], 3,
]);

// A script that ends it, ends it.
ws.onreconnecting = () => assert.fail('it was closed');
ws.close(1000, 'enough');
assert.deepStrictEqual(await closing(ws), { code: 1000, reason: 'enough', wasClean: true });
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
await server.close();
