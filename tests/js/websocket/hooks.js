// options.websocket: open, message and close are called for each connection.

import assert from 'assert';
import { ask, closing, open, serve, wait } from '../../support/network.js';

const seen = [];
const { server, url } = await serve({
  websocket: {
    open(ws) {
      seen.push(`open ${ws.pathname}`);
      ws.send('welcome');
    },
    message(ws, data) {
      seen.push(`message ${data}`);
      ws.send(data);
    },
    close(ws, code, reason) {
      seen.push(`close ${ws.pathname} ${code} ${reason} ${ws.readyState}`);
    },
  },
}, () => seen.push('the plain handler'));

const ws = new WebSocket(`${url}/a`);
assert.strictEqual(await new Promise((resolve) => {
  ws.onmessage = ({ data }) => resolve(data);
}), 'welcome');
assert.strictEqual(await ask(ws, 'hello'), 'hello');
ws.close(1000, 'done');
await closing(ws);
await wait(20);
assert.deepStrictEqual(seen, ['open /a', 'message hello', 'close /a 1000 done 3']);
await server.close();
