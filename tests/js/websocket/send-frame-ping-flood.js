// Pings by sendFrame that a peer does not read are held against it like anything else.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing } from '../../support/network.js';

for (const backpressure of ['close', 'drop-old']) {
  const limit = 2 ** 17;
  const { server, ws, client } = await behind({ maxBackpressure: limit, backpressure });
  const ends = closing(ws);
  let most = 0;
  for (let sent = 0; sent < 3000; sent += 1) {
    const waiting = ws.sendFrame(9, 'x'.repeat(100));
    if (waiting === false) break;
    most = Math.max(most, waiting);
  }
  assert(most < 2 * limit, `${most} bytes wait`);
  assert.strictEqual(ws.readyState === WebSocket.OPEN, backpressure === 'drop-old');
  if (backpressure === 'drop-old') ws.terminate();
  assert.strictEqual((await ends).code, backpressure === 'close' ? 1013 : 1006);
  client.terminate();
  await server.close();
}
