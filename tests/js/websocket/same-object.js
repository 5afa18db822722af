// A handler gets the same WebSocket object for every message of a connection.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const order = [];
const { server, url } = await serve((req) => {
  assert.strictEqual(req.ws, req.ws);
  if (!order.includes(req.ws)) order.push(req.ws);
  req.ws.count = (req.ws.count ?? 0) + 1;
  req.ws.send(`${order.indexOf(req.ws)} ${req.ws.count}`);
});
const [one, two] = [await open(url), await open(url)];
assert.strictEqual(await ask(one, ''), '0 1');
assert.strictEqual(await ask(two, ''), '1 1');
assert.strictEqual(await ask(one, ''), '0 2');
assert.strictEqual(await ask(one, ''), '0 3');
assert.notStrictEqual(order[0].id, order[1].id);
await server.close();
