// An upgrade hook that returns { protocol } chooses among the subprotocols that the client offers.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    protocols: ['two', 'one'],
    upgrade({ query }) {
      const verdict = { protocol: query.protocol === 'null' ? null : query.protocol };
      return query.late === undefined ? verdict : Promise.resolve(verdict);
    },
  },
});
for (const query of ['', '&late']) {
  const chosen = async (protocol) =>
    (await open(`${url}/?protocol=${protocol}${query}`, ['one', 'two', 'three'])).protocol;
  assert.strictEqual(await chosen('one'), 'one');
  // The hook is not bound to the list of the options.
  assert.strictEqual(await chosen('three'), 'three');
  // Nothing leaves it to the list.
  assert.strictEqual(await chosen('null'), 'two');
}
// What the client does not offer is not sent, and a client that offers some and gets none fails.
assert.strictEqual((await open(`${url}/?protocol=four`)).protocol, '');
assert.match((await event(new WebSocket(`${url}/?protocol=four`, 'one'), 'error')).message, /none/);
await server.close();
