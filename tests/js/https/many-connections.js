// A few hundred connections at once, each with its own messages, that come and go in any order.

import assert from 'assert';
import { ask, closing, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { server, url } = await serve({}, (req) => {
  if (req.type === 'websocket') req.ws.send(`${req.ws.pathname}: ${req.data}`);
});
const COUNT = 200;
const clients = await Promise.all(
  Array.from({ length: COUNT }, (_, index) => open(`${url}/${index}`, { tls: { ca } })),
);
assert.strictEqual(server.clients.size, COUNT);
for (let round = 0; round < 3; round += 1) {
  const answers = await Promise.all(clients.map((ws, index) => ask(ws, `${round} of ${index}`)));
  answers.forEach((answer, index) => {
    assert.strictEqual(answer, `/${index}: ${round} of ${index}`);
  });
}
const ends = clients.map(closing);
clients.forEach((ws, index) => (index % 3 ? ws.close(4000) : ws.terminate()));
const codes = (await Promise.all(ends)).map(({ code }) => code);
assert.deepStrictEqual(codes, clients.map((_, index) => (index % 3 ? 4000 : 1006)));
await server.close();
