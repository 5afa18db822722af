// A call can be called off, by a signal or by the time that it may take; the method hears of it.

import assert from 'assert';
import { RpcError } from 'krandog:rpc';
import { ends } from '../../support/rpc.js';

let heard = Promise.withResolvers();
let begun = Promise.withResolvers();
let end;
const { server, client, peer } = await ends({ timeout: 3_600_000 }, {
  methods: {
    wait: (params, { signal }) => {
      begun.resolve();
      signal.addEventListener('abort', () => heard.resolve(signal.reason.code));
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    echo: (params) => params,
  },
});
const again = () => {
  heard = Promise.withResolvers();
  begun = Promise.withResolvers();
};

const controller = new AbortController();
const call = client.call('wait', [], { signal: controller.signal });
await begun.promise;
const reason = new Error('changed my mind');
controller.abort(reason);
await assert.rejects(call, (error) => error === reason);
assert.strictEqual(await heard.promise, RpcError.CANCELLED);
// It is at work until it comes to its end.
assert.deepStrictEqual([client.pending, peer.running], [0, 1]);
end('late');
assert.deepStrictEqual(await client.call('echo', ['on']), ['on']);
assert.strictEqual(peer.running, 0);

again();
await assert.rejects(client.call('wait', [], { timeout: 1 }),
  { code: 'ERR_RPC_TIMEOUT', message: /^wait was not answered after 1 ms \(option timeout\)$/ });
assert.strictEqual(await heard.promise, RpcError.CANCELLED);
end();

// A signal that was aborted before: nothing is sent.
again();
await assert.rejects(client.call('wait', [], { signal: AbortSignal.abort(reason) }),
  (error) => error === reason);
assert.deepStrictEqual(await client.call('echo', { last: 1 }), { last: 1 });
assert.strictEqual(peer.running, 0);
await server.close();
