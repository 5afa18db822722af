// When a server says so: Retry-After, and the close codes 1012 and 1013.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

let accepted;
let refusals = 0;
const { server, url } = await serve({
  websocket: {
    upgrade({ pathname }) {
      if (pathname === '/busy' && refusals++ === 0) {
        return { status: 503, headers: { 'Retry-After': '7' }, body: 'busy' };
      }
    },
    open: (ws) => void (accepted = ws),
  },
});

let ws = new WebSocket(`${url}/busy`, { reconnect: { minDelay: 100, jitter: 0 } });
let told = await event(ws, 'reconnecting');
assert.deepStrictEqual([told.delay, told.error.status, told.error.code], [7100, 503, 'HTTP_503']);
ws.close();
await closing(ws);

async function delayAfter(code, maxDelay) {
  ws = await open(url, { reconnect: { minDelay: 1, maxDelay } });
  const wait = event(ws, 'reconnecting');
  accepted.close(code);
  const { delay } = await wait;
  ws.close();
  await closing(ws);
  return delay;
}
let delay = await delayAfter(1012, 60_000);
assert.ok(delay >= 5_000 && delay <= 30_000, delay);
delay = await delayAfter(1013, 60_000);
assert.ok(delay >= 30_000 && delay <= 60_000, delay);
assert.strictEqual(await delayAfter(1012, 1), 1);
await server.close();
