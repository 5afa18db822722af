// Handlers for one path: whether to let somebody in, then that the connection is ready, then data,
// then its end. Other paths are none of their business.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const calls = [];
const { server, url } = await serve();
server.ws('/websocket', {
  upgrade({ query }) {
    calls.push('connect');
    return query.key === 'right';
  },
  open(ws) {
    calls.push('ready');
    ws.send('Welcome!');
  },
  message(ws, data) {
    calls.push(data);
    ws.send(data);
  },
  close(ws, code) {
    calls.push(code);
  },
});
const refused = await event(new WebSocket(`${url}/websocket`), 'error');
assert.strictEqual(refused.status, 403);
assert.deepStrictEqual(calls.splice(0), ['connect']);

const ws = await open(`${url}/websocket?key=right`);
assert.strictEqual(await ws.receive(), 'Welcome!');
ws.send('hello');
assert.strictEqual(await ws.receive(), 'hello');
ws.close(1000);
await closing(ws);
const elsewhere = await event(new WebSocket(`${url}/elsewhere`), 'error');
assert.strictEqual(elsewhere.status, 404);
await server.close();
assert.deepStrictEqual(calls, ['connect', 'ready', 'hello', 1000]);
