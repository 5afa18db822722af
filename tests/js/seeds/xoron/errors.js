// What went wrong has a code, so that nobody looks for words in a sentence.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';
import * as tls from '../../../support/tls.js';

async function fails(url, options) {
  const { code } = await event(new WebSocket(url, options), 'error');
  return code;
}

// Nobody is there.
assert.strictEqual(await fails('ws://127.0.0.1:9/'), 'ECONNREFUSED');
// Nobody answers.
const decision = Promise.withResolvers();
const slow = await serve({ websocket: { upgrade: () => decision.promise } });
assert.strictEqual(await fails(slow.url, { handshakeTimeout: 5 }), 'ETIMEDOUT');
decision.resolve(false);
await slow.server.close();
// A certificate that nobody vouches for.
const secure = await tls.serve({}, () => {});
assert.strictEqual(await fails(secure.url), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
await secure.server.close();

// How an open one ends.
const codes = {
  1000: 'done', 1001: 'going away', 1002: 'protocol error', 1006: 'no close at all', 4999: 'mine',
};
const { server, url } = await serve(({ ws, data }) => {
  if (data === '1006') ws.terminate();
  else ws.close(Number(data), codes[data]);
});
for (const [code, reason] of Object.entries(codes)) {
  const ws = await open(url);
  ws.onerror = () => {};
  ws.send(code);
  const end = await event(ws, 'close');
  assert.strictEqual(end.code, Number(code));
  if (end.code !== 1006) assert.strictEqual(end.reason, reason);
}
await server.close();
