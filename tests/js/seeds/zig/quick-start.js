// A server with limits, and a path that is for WebSockets with three hooks.

import assert from 'assert';
import { ask, closing, open, serve } from '../../../support/network.js';

const calls = [];
const { server, url } = await serve({
  websocket: { maxConnections: 10_000, pingInterval: 30_000 },
});
server.ws('/ws', {
  open: () => calls.push('open'),
  message(ws, data) {
    calls.push(data);
    ws.send(data);
  },
  close: (ws, code, reason) => calls.push(code, reason),
});
const ws = await open(`${url}/ws`);
assert.strictEqual(await ask(ws, 'hello'), 'hello');
ws.close(1000, 'done');
await closing(ws);
await server.close();
assert.deepStrictEqual(calls, ['open', 'hello', 1000, 'done']);
