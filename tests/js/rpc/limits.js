// Calls that wait and methods at work are limited, and so are batches.

import assert from 'assert';
import { RpcError } from 'krandog:rpc';
import { byHand, ends } from '../../support/rpc.js';

const waiting = [];
const wait = () => new Promise((resolve) => waiting.push(resolve));
const { server, client, peer } = await ends({ maxPending: 3 }, { maxRunning: 2, methods: { wait } });
const calls = [client.call('wait'), client.call('wait')];
await assert.rejects(client.call('wait'),
  { code: RpcError.BUSY, message: '2 methods are at work already' });
const third = client.call('wait');
await assert.rejects(client.call('wait'),
  { code: 'ERR_RPC_BUSY', message: /^3 calls wait for an answer already \(option maxPending\)$/ });
await assert.rejects(third, { code: RpcError.BUSY });
assert.strictEqual(peer.running, 2);
for (const resolve of waiting.splice(0)) resolve('done');
assert.deepStrictEqual(await Promise.all(calls), ['done', 'done']);
await server.close();

// To call off does not make room: the method is still at work.
const other = await byHand({ maxRunning: 1, methods: { wait } });
const cancel = { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } };
const first = await other.say({ jsonrpc: '2.0', method: 'wait', id: 1 }, cancel);
assert.deepStrictEqual([first.id, first.error.code], [1, RpcError.CANCELLED]);
const second = await other.say({ jsonrpc: '2.0', method: 'wait', id: 2 });
assert.deepStrictEqual([second.id, second.error.code], [2, RpcError.BUSY]);
const batch = await other.say([cancel, cancel]);
assert.deepStrictEqual([batch.id, batch.error.code], [null, RpcError.INVALID_REQUEST]);
assert.strictEqual(batch.error.message, 'a batch has 1 to 1 messages, not 2');
// Notifications are work too.
const fourth = await other.say({ jsonrpc: '2.0', method: 'wait' },
  { jsonrpc: '2.0', method: 'wait', id: 3 });
assert.deepStrictEqual([fourth.id, other.rpc.running, waiting.length], [3, 1, 1]);
await other.server.close();
