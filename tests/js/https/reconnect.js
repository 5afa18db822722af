// Connecting again over TLS: where the connection is cut off, not where the certificate is refused.

import assert from 'assert';
import { ask, closing, event, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

let accepted;
const { server, url } = await serve({
  websocket: { open: (ws) => void (accepted = ws) },
}, ({ ws, data }) => void ws?.send(data));
const reconnect = { minDelay: 1, maxDelay: 1 };

const ws = await open(url, { tls: { ca }, reconnect });
for (const end of [() => accepted.terminate(), () => accepted.close(1001)]) {
  const back = event(ws, 'reconnected');
  end();
  await back;
  assert.strictEqual(await ask(ws, 'still here'), 'still here');
}
ws.close();
await closing(ws);

const wary = new WebSocket(url, { reconnect });
wary.onreconnecting = ({ reason }) => assert.fail(reason);
const [{ code }] = await Promise.all([event(wary, 'error'), closing(wary)]);
assert.notStrictEqual(code, 'ECONNRESET');
assert.strictEqual(wary.closeInfo.cause, 'tls');
await server.close();
