// ws.params and req.params have what the path has in the groups of its route, decoded.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const closed = [];
const { server, url } = await serve(({ ws, data, params }) => {
  ws.send(`${data} ${JSON.stringify(params)} ${params === ws.params}`);
});
server
  .ws('/chat/:room', { close: (ws) => closed.push(ws.params) })
  .ws('/:user/files/*', {
    upgrade: ({ params }) => ({ data: params }),
    open: (ws) => ws.send(JSON.stringify(ws.data)),
  })
  .ws('/plain', {});

for (const [path, params] of [
  ['/chat/lobby', { room: 'lobby' }],
  ['/chat/a%20b%2Fc%C3%A9?x=y', { room: 'a b/c\u00e9' }],
  ['/chat/%ff%zz%', { room: '%ff%zz%' }],
  ['/chat/__proto__', { room: '__proto__' }],
  ['/plain', {}],
  ['/none', {}],
]) {
  const ws = await open(url + path);
  assert.strictEqual(await ask(ws, 'hi'), `hi ${JSON.stringify(params)} true`);
  assert.deepStrictEqual(ws.params, {});
  const end = closing(ws);
  ws.close();
  await end;
  if (path.startsWith('/chat/')) assert.deepStrictEqual(closed.pop(), params);
}

const ws = new WebSocket(`${url}/ann/files/a/b.txt`);
const { data } = await new Promise((resolve) => ws.addEventListener('message', resolve));
assert.deepStrictEqual(JSON.parse(data), { user: 'ann', 0: 'a/b.txt' });
await server.close();
