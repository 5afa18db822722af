// Times are counted from the call, and not from when the script began to compute before it.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

const { server, url } = await serve(() => undefined);

function compute(milliseconds) {
  const until = Date.now() + milliseconds;
  while (Date.now() < until);
}

compute(1100);
const ws = new WebSocket(url, { handshakeTimeout: 1000, closeTimeout: 1000 });
ws.onerror = ({ message }) => assert.fail(message);
await event(ws, 'open');
compute(1100);
ws.close(4000);
assert.deepStrictEqual(await closing(ws), { code: 4000, reason: '', wasClean: true });
await server.close();
