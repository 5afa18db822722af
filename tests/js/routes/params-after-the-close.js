// ws.params is the same object for ever, also when it is first asked for after the close.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve();
const opened = Promise.withResolvers();
const closed = Promise.withResolvers();
server.ws('/early/:x', { open: (ws) => opened.resolve([ws, ws.params]), close: closed.resolve });
server.ws('/late/:x', { open: (ws) => ws.addEventListener('close', () => late.resolve(ws)) });
const late = Promise.withResolvers();

for (const path of ['/early/1', '/late/2']) {
  const ws = await open(url + path);
  const end = closing(ws);
  ws.close();
  await end;
}
const [ws, params] = await opened.promise;
await closed.promise;
assert.strictEqual(ws.params, params);
assert.deepStrictEqual(params, { x: '1' });
assert.deepStrictEqual((await late.promise).params, { x: '2' });
assert.deepStrictEqual((await late.promise).params, { x: '2' });
await server.close();
