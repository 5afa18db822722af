// Mistakes are named.

import assert from 'assert';
import { Rpc } from 'krandog:rpc';

const ws = new WebSocket('ws://127.0.0.1:1');
ws.onerror = () => {};
assert.throws(() => new Rpc(), { code: 'ERR_INVALID_ARG_TYPE', message: /"ws".*a WebSocket/ });
assert.throws(() => new Rpc({ send() {} }), { code: 'ERR_INVALID_ARG_TYPE' });
for (const [options, message] of [
  [{ method: {} }, /unknown option method: did you mean methods\?/],
  [{ methods: [] }, /option methods must be an object, not an array/],
  [{ methods: { add: 5 } }, /"methods.add" property must be of type function/],
  [{ methods: new Map([['add', () => 1]]) }, /option methods .* own properties .* instance of Map/],
  [{ methods: new (class Api { add() {} })() }, /option methods .* an instance of Api/],
  [{ timeout: -1 }, /option timeout must be a whole number from 0 /],
  // Later than a timer can be, it would be at once.
  [{ timeout: 2 ** 31 }, /option timeout must be a whole number from 0 to 2147483647, not 2147483648/],
  [{ maxPending: 0 }, /option maxPending must be a whole number from 1 /],
  [{ maxRunning: 'many' }, /option maxRunning must be a whole number from 1 /],
]) {
  assert.throws(() => new Rpc(ws, options), { message });
}
const rpc = new Rpc(ws);
assert.throws(() => rpc.handle(5, () => {}), { code: 'ERR_INVALID_ARG_TYPE', message: /"name"/ });
assert.throws(() => rpc.handle('a', 5), { code: 'ERR_INVALID_ARG_TYPE' });
for (const params of [5, 'five', true, () => {}]) {
  const named = { code: 'ERR_INVALID_ARG_TYPE', message: /"params".* such as \[value\]/ };
  assert.throws(() => rpc.notify('a', params), named);
  await assert.rejects(rpc.call('a', params), named);
}
assert.throws(() => rpc.notify(), { code: 'ERR_INVALID_ARG_TYPE', message: /"method"/ });
await assert.rejects(rpc.call(), { code: 'ERR_INVALID_ARG_TYPE', message: /"method"/ });
await assert.rejects(rpc.call('a', [], { signal: 5 }), { message: /option signal must be an AbortSignal/ });
await assert.rejects(rpc.call('a', [], { timout: 5 }), { message: /did you mean timeout/ });
