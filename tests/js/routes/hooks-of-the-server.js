// Hooks and options that a route leaves out are those of its server.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const calls = [];
const note = (whose, name) => (ws) => void calls.push(`${whose} ${name} ${ws.pathname}`);
const { server, url } = await serve(
  {
    websocket: {
      maxPayload: 10,
      open: note('server', 'open'),
      message: note('server', 'message'),
      close: note('server', 'close'),
    },
  },
  () => calls.push('plain'),
);
server.ws('/all', {
  open: note('route', 'open'), message: note('route', 'message'), close: note('route', 'close'),
});
server.ws('/some', { open: note('route', 'open') });
server.ws('/large', { maxPayload: 20 });

async function visit(path, message) {
  const ws = await open(url + path);
  const end = closing(ws);
  ws.send(message);
  await ws.ping();
  ws.close();
  return (await end).code;
}
for (const [path, whose] of [
  ['/all', ['route', 'route', 'route']],
  ['/some', ['route', 'server', 'server']],
  ['/large', ['server', 'server', 'server']],
  ['/none', ['server', 'server', 'server']],
]) {
  assert.strictEqual(await visit(path, 'hello'), 1005);
  const names = ['open', 'message', 'close'];
  while (calls.length < 3) await new Promise(setImmediate);
  assert.deepStrictEqual(calls.splice(0), whose.map((who, at) => `${who} ${names[at]} ${path}`));
}
for (const [path, code] of [['/all', 1009], ['/large', 1005], ['/none', 1009]]) {
  const ws = await open(url + path);
  const end = event(ws, 'close');
  ws.send('fifteen bytes..');
  if (code === 1005) {
    await ws.ping();
    ws.close();
  }
  assert.strictEqual((await end).code, code, path);
}
await server.close();
