// The second argument is a string or an iterable of strings, as Web IDL converts it: before the URL
// is looked at.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const offers = [];
const { server, url } = await serve({
  websocket: {
    upgrade: (_, offered) => void offers.push(offered),
    protocols: ([first]) => first,
  },
}, () => {});
for (const [given, offered] of [
  ['a', ['a']],
  [[], []],
  [undefined, []],
  [null, ['null']],
  [12, ['12']],
  [[1, { toString: () => 'two' }], ['1', 'two']],
  // An object is iterated, be it a string.
  [new String('ab'), ['a', 'b']],
  [(function* () { yield* 'xyz'; })(), ['x', 'y', 'z']],
]) {
  const ws = await open(url, given);
  assert.deepStrictEqual(offers.pop(), offered);
  assert.strictEqual(ws.protocol, offered[0] ?? '');
  ws.close();
}

const thrown = new Error('thrown');
const fails = () => {
  throw thrown;
};
for (const given of [[{ toString: fails }], { [Symbol.iterator]: fails }]) {
  assert.throws(() => new WebSocket('no URL', given), (error) => error === thrown);
}
assert.throws(() => new WebSocket(url, { [Symbol.iterator]: 1 }), TypeError);
assert.throws(() => new WebSocket(url, [Symbol('x')]), TypeError);
// Strings that are no tokens come after URLs that are none.
assert.throws(() => new WebSocket('no URL', 'no token'), { message: /no URL/ });
await server.close();
