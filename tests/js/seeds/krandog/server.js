// One handler for requests and messages: what arrives over a WebSocket has its type, and an answer.

import assert from 'assert';
import { ask, open, serve } from '../../../support/network.js';

const { server, url } = await serve((req) => {
  if (req.type === 'websocket') {
    req.ws.send(`Echo: ${req.data}`);
    return;
  }
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'plain HTTP' };
});
const ws = await open(url);
assert.strictEqual(await ask(ws, 'one'), 'Echo: one');
assert.strictEqual(await ask(ws, 'two'), 'Echo: two');
await server.close();
