// A message in fragments arrives as one, in both directions.

import assert from 'assert';
import { event } from '../../../support/network.js';
import { pairs } from '../../../support/rooms.js';

const { server, pairs: [{ client, ws }] } = await pairs(1);
for (const [from, to] of [[client, ws], [ws, client]]) {
  const answer = event(to, 'message');
  from.sendFrame(1, 'in three ', { fin: false });
  from.sendFrame(0, 'frag', { fin: false });
  from.sendFrame(0, 'ments');
  assert.strictEqual((await answer).data, 'in three fragments');
}
await server.close();
