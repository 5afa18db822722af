// A hook that throws closes its connection with 1011, as a handler does.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open(ws) {
      if (ws.pathname === '/open') throw new Error('expected: open');
    },
    message(ws, data) {
      if (data === 'throw') throw new Error('expected: message');
      ws.send(data);
    },
    close(ws) {
      if (ws.pathname === '/close') throw new Error('expected: close');
    },
  },
});
assert.strictEqual((await closing(new WebSocket(`${url}/open`))).code, 1011);
const ws = await open(url);
const end = closing(ws);
ws.send('throw');
assert.strictEqual((await end).code, 1011);
const other = await open(`${url}/close`);
other.close(1000);
assert.strictEqual((await closing(other)).code, 1000);
assert.strictEqual(await ask(await open(url), 'alive'), 'alive');
await server.close();
