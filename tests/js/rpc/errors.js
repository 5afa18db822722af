// An error that is meant for the other side gets there; of any other it learns nothing.

import assert from 'assert';
import { RpcError } from 'krandog:rpc';
import { ends } from '../../support/rpc.js';

const { server, client } = await ends({}, {
  methods: {
    own() {
      throw new RpcError(4711, 'no such game', { game: 5 });
    },
    async invalid() {
      throw new RpcError(RpcError.INVALID_PARAMS, 'a name, please');
    },
    secret() {
      throw new Error('password is 1234');
    },
    unspeakable: () => 1n,
    cycle() {
      const value = {};
      value.value = value;
      return value;
    },
    unsayable() {
      throw new RpcError(5, 'no', { count: 1n });
    },
    strange() {
      throw new RpcError('EOWN', 'text');
    },
  },
});
const fails = async (method, expected) => {
  const error = await client.call(method).then(assert.fail, (reason) => reason);
  assert(error instanceof RpcError && error instanceof Error);
  const { name, code, message, data } = error;
  assert.deepStrictEqual({ name, code, message, data }, { name: 'RpcError', data: undefined, ...expected });
};
await fails('own', { code: 4711, message: 'no such game', data: { game: 5 } });
await fails('invalid', { code: -32602, message: 'a name, please' });
for (const method of ['secret', 'unspeakable', 'cycle', 'unsayable', 'strange']) {
  await fails(method, { code: -32603, message: 'internal error' });
}
await fails('missing', { code: -32601, message: 'there is no method missing' });
for (const method of ['toString', 'constructor', '__proto__', 'hasOwnProperty']) {
  await fails(method, { code: -32601, message: `there is no method ${method}` });
}

// What cannot be said is rejected here.
await assert.rejects(client.call('own', [1n]), TypeError);
assert.strictEqual(client.pending, 0);
await server.close();
