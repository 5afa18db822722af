// receive() and messages() of a socket that closes: what came before that is there, then null.

import assert from 'assert';
import { closing, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open(ws) {
      ws.send('one');
      ws.send('two');
      ws.close();
    },
  },
});
const ws = new WebSocket(url);
await closing(ws);
assert.strictEqual(await ws.receive(), 'one');
assert.deepStrictEqual(ws.messages(), ['two']);
assert.strictEqual(await ws.receive({ timeout: 0 }), null);

// A call that waits meanwhile.
const other = new WebSocket(url);
const all = await Promise.all([other.receive(), other.receive(), other.receive(), other.receive()]);
assert.deepStrictEqual(all, ['one', 'two', null, null]);
await server.close();
