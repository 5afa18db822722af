// With the policy coalesce, a message takes the place of one that waits and has the same key. What
// has no key is never lost.

import assert from 'assert';
import { behind, readOn } from '../../support/behind.js';

const { server, ws, client, heard } = await behind({ backpressure: 'coalesce', maxBackpressure: 2 ** 17 });
ws.send('begin');
for (let round = 0; round < 1000; round++) {
  ws.send(`a ${round}`, { key: 'a' });
  if (round === 500) ws.send('half');
  ws.send(`b ${round}`, { key: 'b' });
}
ws.send('end');
assert.strictEqual(ws.droppedMessages, 2 * 999);
assert.deepStrictEqual(await readOn(client, heard, 'end'), ['begin', 'a 999', 'b 999', 'half', 'end']);
await server.close();
