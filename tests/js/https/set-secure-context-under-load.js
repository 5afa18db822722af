// Certificates are exchanged while connections open and talk: each connection gets one of the two,
// and none is lost.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, identity, serve } from '../../support/tls.js';

const { server, url } = await serve(identity('server'), (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
});
const steady = await open(url, { tls: { ca } });
let over = false;
async function talk() {
  let count = 0;
  while (!over) {
    assert.strictEqual(await ask(steady, `message ${count}`), `message ${count}`);
    count += 1;
  }
  return count;
}
async function comeAndGo() {
  for (let index = 0; index < 10; index += 1) {
    const ws = await open(url, { tls: { ca } });
    assert.strictEqual(await ask(ws, 'hello'), 'hello');
    ws.close();
  }
}
async function exchange() {
  for (let index = 0; index < 20; index += 1) {
    server.setSecureContext(identity(index % 2 ? 'server' : 'renewed'));
    await new Promise((next) => setTimeout(next, 1));
  }
}

const talking = talk();
await Promise.all([exchange(), ...Array.from({ length: 8 }, comeAndGo)]);
over = true;
assert((await talking) > 0);
steady.close();
await server.close();
