// What the option reconnect leaves alone: ends that another attempt would only repeat.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

let end;
const { server, url } = await serve({
  websocket: {
    upgrade: ({ pathname }) => pathname.length > 1 ? { status: +pathname.slice(1) } : undefined,
    open: (ws) => end(ws),
  },
});
const reconnect = { minDelay: 1, maxDelay: 1 };

async function ending(address) {
  const ws = new WebSocket(address, { reconnect });
  ws.onreconnecting = ({ reason }) => assert.fail(reason);
  const errors = [];
  ws.onerror = ({ code }) => errors.push(code);
  const { code } = await closing(ws);
  return [code, ...errors];
}
for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 1010]) {
  end = (ws) => ws.close({ code });
  assert.deepStrictEqual(await ending(url), [code]);
}
for (const status of [400, 401, 403, 404, 501]) {
  assert.deepStrictEqual(await ending(`${url}/${status}`), [1006, `HTTP_${status}`]);
}

// By default there is no second attempt.
end = (ws) => ws.close(1012);
const ws = new WebSocket(url);
ws.onreconnecting = () => assert.fail('nobody asked for it');
assert.strictEqual((await event(ws, 'close')).code, 1012);
await server.close();
