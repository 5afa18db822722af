// Both ends of a socket call methods of the other one.

import assert from 'assert';
import rpc, { Rpc, RpcError } from 'krandog:rpc';
import { ends } from '../../support/rpc.js';

assert.deepStrictEqual(rpc, { Rpc, RpcError });
const heard = [];
const { server, client, peer } = await ends(
  { methods: { whoAreYou: () => 'a client' } },
  {
    methods: {
      add: ([a, b]) => a + b,
      later: async ({ after }) => {
        await null;
        return { after };
      },
      nothing() {},
      twice: (params, { rpc: own, ws }) => {
        assert(ws instanceof WebSocket);
        return own.call('whoAreYou').then((answer) => [answer, answer]);
      },
      note: (params) => heard.push(params),
    },
  },
);
assert.strictEqual(await client.call('add', [1, 2]), 3);
assert.deepStrictEqual(await client.call('later', { after: [null] }), { after: [null] });
assert.strictEqual(await client.call('nothing'), null);
assert.strictEqual(await peer.call('whoAreYou'), 'a client');
// A method may call back.
assert.deepStrictEqual(await client.call('twice'), ['a client', 'a client']);

assert.strictEqual(client.notify('note', { at: 1 }), true);
client.notify('note');
// Nobody is told that there is no such method.
client.notify('no such method');
const all = await Promise.all(Array.from({ length: 90 }, (_, at) => client.call('add', [at, at])));
assert.deepStrictEqual(all, Array.from({ length: 90 }, (_, at) => 2 * at));
assert.deepStrictEqual(heard, [{ at: 1 }, undefined]);

// Methods may come and go.
peer.handle('add', () => 'other').handle('nothing', null);
assert.strictEqual(await client.call('add'), 'other');
await assert.rejects(client.call('nothing'), { code: RpcError.METHOD_NOT_FOUND });
assert.deepStrictEqual([client.pending, peer.running], [0, 0]);
await server.close();
