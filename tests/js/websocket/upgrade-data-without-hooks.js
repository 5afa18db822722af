// The data of an upgrade hook is there for a plain handler, whose WebSocket objects are made late.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { upgrade: ({ query }) => ({ data: query.name }) } },
  ({ ws }) => void ws.send(ws.data),
);
const names = ['alice', 'bob', 'carol'];
const sockets = await Promise.all(names.map((name) => open(`${url}/?name=${name}`)));
for (const [index, ws] of sockets.entries()) {
  assert.strictEqual(await ask(ws, 'who am I?'), names[index]);
}
await server.close();
