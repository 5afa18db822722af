// An upgrade hook that returns false, or a promise of it, refuses with 403; nothing is opened.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

const opened = [];
const { server, url } = await serve({
  websocket: {
    upgrade: ({ pathname }) => (pathname === '/now' ? false : Promise.resolve(false)),
    open: (ws) => opened.push(ws),
  },
});
for (const path of ['/now', '/later']) {
  const ws = new WebSocket(url + path);
  const [error, end] = await Promise.all([event(ws, 'error'), closing(ws)]);
  assert.deepStrictEqual([error.status, error.code], [403, 'HTTP_403']);
  assert.match(error.message, /forbidden/);
  assert.deepStrictEqual([end.code, end.wasClean], [1006, false]);
}
assert.deepStrictEqual([opened.length, server.clients.size], [0, 0]);
await server.close();
