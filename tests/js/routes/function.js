// A function in place of hooks is called with each WebSocket, whose messages go nowhere else.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const others = [];
const { server, url } = await serve(
  { websocket: { message: () => others.push('hook') } },
  () => others.push('handler'),
);
const arguments_ = [];
server.ws('/loop/:x', async (...given) => {
  arguments_.push(given);
  const [ws] = given;
  for await (const data of ws) ws.send(`${ws.params.x} ${data}`);
});
server.ws('/listener', (ws) => {
  ws.onmessage = ({ data }) => ws.send(data.toUpperCase());
});
server.ws('/throws', async () => {
  throw new Error('expected: thrown');
});

const ws = await open(`${url}/loop/7`);
assert.strictEqual(await ask(ws, 'a'), '7 a');
assert.strictEqual(await ask(ws, 'b'), '7 b');
assert.deepStrictEqual(arguments_.map(({ length }) => length), [1]);
assert.strictEqual(await ask(await open(`${url}/listener`), 'a'), 'A');
assert.strictEqual((await closing(await open(`${url}/throws`))).code, 1011);
assert.deepStrictEqual(others, []);
await server.close();
