// Handlers of a server that is made while a store is there find it, for requests and for messages.

import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'http';

const storage = new AsyncLocalStorage();
const seen = [];
const closed = Promise.withResolvers();
const server = storage.run('server', () => http.createServer({
  websocket: {
    open: () => seen.push(['open', storage.getStore()]),
    message(ws, data) {
      seen.push(['message', storage.getStore()]);
      ws.send(data);
    },
    close() {
      seen.push(['close', storage.getStore()]);
      closed.resolve();
    },
  },
}, async () => {
  await null;
  return storage.getStore();
}));
storage.run('route', () => server.get('/route', () => storage.getStore()));
await server.listen(0);
const { port } = server.address();
const text = async (path) => (await fetch(`http://localhost:${port}${path}`)).text();
assert.strictEqual(await text('/'), 'server');
assert.strictEqual(await text('/route'), 'route');
const ws = new WebSocket(`ws://localhost:${port}/`);
await new Promise((resolve) => ws.addEventListener('open', resolve));
ws.send('x');
await new Promise((resolve) => ws.addEventListener('message', resolve));
ws.close();
await closed.promise;
assert.deepStrictEqual(seen, [['open', 'server'], ['message', 'server'], ['close', 'server']]);
await server.close();
