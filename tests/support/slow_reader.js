// A peer that does not read, over plain connections and over TLS.

import assert from 'assert';
import { closing } from './network.js';

/** What waits before the peer is given up; the option `maxBackpressure` of the server. */
export const MOST = 2 ** 20;

/** Sends to an accepted socket whose client does not read, up to 1013 and the end. */
export async function giveUp(client, ws) {
  const ends = [closing(client), closing(ws)];
  const chunk = 'x'.repeat(2 ** 18);
  let sent = 0;
  while (ws.readyState === WebSocket.OPEN && sent < 1000) {
    if (!ws.send(chunk)) break;
    sent += 1;
    assert(ws.bufferedAmount <= MOST + chunk.length, `${ws.bufferedAmount} bytes wait`);
    if (sent % 4 === 0) await new Promise((next) => setTimeout(next, 1));
  }
  assert(sent < 1000, 'it took everything');

  let received = 0;
  client.addEventListener('message', ({ data }) => {
    assert.strictEqual(data.length, chunk.length);
    received += 1;
  });
  client.resume();
  const [there, here] = await Promise.all(ends);
  assert.strictEqual(there.code, 1013);
  assert.strictEqual(received, sent);
  assert.deepStrictEqual(here, { code: 1013, reason: there.reason, wasClean: false });
  assert.strictEqual(ws.closeInfo.cause, 'limit');
}
