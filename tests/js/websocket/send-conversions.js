// What send() is given is converted before anything else: an exception of toString() comes first.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const { promise, resolve } = Promise.withResolvers();
const seen = [];
const { server, url } = await serve(({ data }) => {
  seen.push(data);
  if (data === 'end') resolve();
});
const thrown = new Error('thrown');
const fails = { toString: () => { throw thrown; } };
const ws = new WebSocket(url);
assert.throws(() => ws.send(fails), (error) => error === thrown);
assert.throws(() => ws.send(Symbol('x')), TypeError);
assert.throws(() => ws.send(), TypeError);
for (const data of ['x', 1, {}, new Uint8Array(1), new Blob(['x'])]) {
  assert.throws(() => ws.send(data), { name: 'InvalidStateError' });
}
await event(ws, 'open');
assert.throws(() => ws.send(fails), (error) => error === thrown);
for (const data of [null, undefined, 12n, '\uD800', ['a', 'b'], 'end']) ws.send(data);
await promise;
assert.deepStrictEqual(seen, ['null', 'undefined', '12', '\uFFFD', 'a,b', 'end']);
ws.close();
await server.close();
