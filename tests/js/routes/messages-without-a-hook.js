// Messages of a route without a message hook go to the plain handler, and listeners hear them all.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const heard = [];
const { server, url } = await serve((req) => {
  req.ws.send(`plain ${req.type} ${req.params.x} ${req.data}`);
});
server.ws('/plain/:x', {
  open: (ws) => ws.addEventListener('message', ({ data }) => heard.push(data)),
});
server.ws('/own/:x', {
  open: (ws) => ws.addEventListener('message', ({ data }) => heard.push(data)),
  message: (ws, data) => void ws.send(`own ${ws.params.x} ${data}`),
});
const plain = await open(`${url}/plain/1`);
const own = await open(`${url}/own/2`);
for (let round = 0; round < 3; round++) {
  assert.strictEqual(await ask(plain, `a${round}`), `plain websocket 1 a${round}`);
  assert.strictEqual(await ask(own, `b${round}`), `own 2 b${round}`);
}
assert.deepStrictEqual(heard, ['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
await server.close();
