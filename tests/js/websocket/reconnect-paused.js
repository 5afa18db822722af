// A socket that is paused stays so over its connections.

import assert from 'assert';
import { closing, event, open, serve, wait } from '../../support/network.js';

let accepted;
const { server, url } = await serve({
  websocket: {
    open(ws) {
      accepted = ws;
      ws.send('hello');
    },
  },
});
const ws = await open(url, { reconnect: { minDelay: 1, maxDelay: 1 } });
await event(ws, 'message');
ws.onreconnecting = () => ws.pause();
let paused = true;
ws.onmessage = () => assert.ok(!paused, 'it is paused');
const back = event(ws, 'reconnected');
accepted.terminate();
await back;
await wait(5);
paused = false;
const message = event(ws, 'message');
ws.resume();
assert.strictEqual((await message).data, 'hello');
ws.close();
await closing(ws);
await server.close();
