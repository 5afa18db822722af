// A method whose result has no JSON has failed, and whoever has called it is told.

import assert from 'assert';
import { RpcError } from 'krandog:rpc';
import { ends } from '../../support/rpc.js';

const notified = [];
const { server, client, peer } = await ends({}, {
  methods: {
    fn: () => () => 1,
    symbol: async () => Symbol('x'),
    empty: () => ({ toJSON() {} }),
    data() {
      throw new RpcError(4711, 'text', 10n);
    },
    nothing() {},
    // Nobody wants what a notification comes to.
    note: ([text]) => () => notified.push(text),
    counted: () => notified.push('counted'),
  },
});
for (const method of ['fn', 'symbol', 'empty', 'data']) {
  await assert.rejects(client.call(method), { code: RpcError.INTERNAL_ERROR, message: 'internal error' });
}
client.notify('note', ['x']);
client.notify('counted');
assert.strictEqual(await client.call('nothing'), null);
// `null` leaves the parameters out.
assert.strictEqual(await client.call('nothing', null), null);
assert.deepStrictEqual([notified, peer.running], [['counted'], 0]);
await server.close();
