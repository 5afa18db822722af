// Calls fail with the socket, and methods hear that nobody waits for them any more.

import assert from 'assert';
import { Rpc, RpcError } from 'krandog:rpc';
import { ends } from '../../support/rpc.js';

const begun = Promise.withResolvers();
const heard = Promise.withResolvers();
const { server, client, peer } = await ends({ timeout: 0 }, {
  methods: {
    wait: (params, { signal }) => {
      begun.resolve();
      signal.addEventListener('abort', () => heard.resolve(signal.reason));
      return new Promise(() => {});
    },
  },
});
const call = client.call('wait');
await begun.promise;
client.ws.close(3000, 'enough');
// While it closes, nothing is sent.
await assert.rejects(client.call('wait'),
  { code: 'ERR_RPC_CLOSED', message: 'wait was not sent: the socket is closing' });
assert.strictEqual(client.notify('wait'), false);
await assert.rejects(call, { code: 'ERR_RPC_CLOSED', message: 'the socket closed with 3000: enough' });
const reason = await heard.promise;
assert(reason instanceof RpcError);
assert.strictEqual(reason.code, RpcError.CANCELLED);
await assert.rejects(peer.call('x'), { code: 'ERR_RPC_CLOSED' });
assert.strictEqual(client.pending, 0);
await assert.rejects(new Rpc(client.ws).call('x'), { code: 'ERR_RPC_CLOSED' });
await server.close();

// One that never opens.
const ws = new WebSocket('ws://127.0.0.1:1');
ws.onerror = () => {};
await assert.rejects(new Rpc(ws).call('x'), { code: 'ERR_RPC_CLOSED', message: /closed with 1006/ });
