// close() converts both arguments before it looks at either: [Clamp] unsigned short, USVString.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const ends = [];
const { server, url } = await serve({
  websocket: { close: (_, code, reason) => ends.push([code, reason]) },
});
const thrown = new Error('thrown');
const fails = { toString: () => { throw thrown; } };
const bad = await open(url);
assert.throws(() => bad.close(1, fails), (error) => error === thrown);
assert.throws(() => bad.close(1000n), TypeError);
assert.throws(() => bad.close(Symbol('x')), TypeError);
assert.strictEqual(bad.readyState, WebSocket.OPEN);
bad.terminate();

for (const [given, code, reason] of [
  [[], 1005, ''],
  [[undefined], 1005, ''],
  [[undefined, 'why'], 1000, 'why'],
  [[999.5], 1000, ''],
  [[3000.5, '\uDC00'], 3000, '\uFFFD'],
  [[4999.4, null], 4999, 'null'],
  [[true + 2999], 3000, ''],
  [['4000', undefined], 4000, ''],
]) {
  const ws = await open(url);
  const end = closing(ws);
  ws.close(...given);
  assert.strictEqual((await end).code, code);
  assert.deepStrictEqual(ends.at(-1), [code, reason]);
}
await server.close();
