// Calls that are made before a socket is open wait for that; so do those of one that connects again.

import assert from 'assert';
import { Rpc } from 'krandog:rpc';
import { emitted, serve } from '../../support/network.js';

const seen = [];
let stuck = Promise.withResolvers();
const methods = {
  add: ([a, b]) => a + b,
  note: (params) => void seen.push(params),
  stuck: () => {
    stuck.resolve();
    return new Promise(() => {});
  },
};
let accepted;
const open = (ws) => {
  accepted = ws;
  new Rpc(ws, { methods });
};
const { server, url } = await serve({ websocket: { open } });
const ws = new WebSocket(url, { reconnect: { minDelay: 1, maxDelay: 1 } });
const rpc = new Rpc(ws);
assert.strictEqual(rpc.notify('note', ['early']), true);
// Called off before it was sent: it is not.
const controller = new AbortController();
const never = rpc.call('note', ['never'], { signal: controller.signal });
controller.abort();
await assert.rejects(never, { name: 'AbortError' });
assert.strictEqual(await rpc.call('add', [1, 2]), 3);
assert.deepStrictEqual(seen, [['early']]);

const lost = rpc.call('stuck');
await stuck.promise;
const reconnecting = new Promise((resolve) => ws.addEventListener('reconnecting', resolve));
accepted.terminate();
await reconnecting;
const next = rpc.call('add', [3, 4]);
// Nobody knows whether it was done.
await assert.rejects(lost, { code: 'ERR_RPC_CLOSED', message: /the connection was lost/ });
assert.strictEqual(await next, 7);
ws.close();
await server.close();
