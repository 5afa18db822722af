// Connecting again with delays that double, up to a longest one, and begin anew after a success.

import assert from 'assert';
import { ask, event, open, serve } from '../../../support/network.js';

let accepted;
let refused = 3;
const { server, url } = await serve({
  websocket: {
    upgrade: () => (accepted && refused-- > 0 ? { status: 503 } : true),
    open: (ws) => void (accepted = ws),
  },
}, ({ ws, data }) => void ws.send(data));

const delays = [];
const ws = await open(url, { reconnect: { minDelay: 2, maxDelay: 6, factor: 2, jitter: 0 } });
ws.onreconnecting = ({ delay, attempt }) => delays.push([attempt, delay]);
accepted.terminate();
await event(ws, 'reconnected');
assert.deepStrictEqual(delays, [[1, 2], [2, 4], [3, 6], [4, 6]]);
// The socket is the one that it was, and works.
assert.strictEqual(await ask(ws, 'still here'), 'still here');
ws.close();
await event(ws, 'close');
await server.close();
