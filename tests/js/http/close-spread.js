// close({ spread }) tells WebSockets one after the other; whoever waits for it is served until then.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  ws.send(data);
});

// So long that nobody's turn comes in this test.
const ws = await open(url);
let settled = false;
const closed = server.close({ spread: 3_600_000 }).then(() => {
  settled = true;
});
assert.strictEqual(await ask(ws, 'still here'), 'still here');
assert.strictEqual(server.clients.size, 1);
assert.strictEqual(settled, false);
assert.strictEqual((await closing(new WebSocket(url))).code, 1006);
ws.terminate();
await closed;

const several = await serve(() => {});
const clients = await Promise.all(Array.from({ length: 30 }, () => open(several.url)));
const order = [];
const ends = clients.map(async (client, index) => {
  const end = await closing(client);
  order.push(index);
  return end;
});
await several.server.close({ spread: 60, code: 1012, reason: 'back soon' });
for (const end of await Promise.all(ends)) {
  assert.deepStrictEqual(end, { code: 1012, reason: 'back soon', wasClean: true });
}
// Whoever has been there for longest goes first.
assert.strictEqual(order[0], 0);
