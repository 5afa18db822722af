// Header fields of a request: an object, a Map or pairs. What is undefined or null is left out, and an
// array is several fields.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: { open: (ws) => ws.send(JSON.stringify(ws.headers)) },
});
const sent = async (headers) => {
  const ws = new WebSocket(url, { headers });
  const { 'x-a': a, 'x-b': b, 'x-c': c } = JSON.parse((await event(ws, 'message')).data);
  ws.close();
  return [a, b, c];
};
const all = ['1', 'two', undefined];
assert.deepStrictEqual(await sent({ 'X-A': 1, 'X-B': 'two', 'X-C': undefined }), all);
assert.deepStrictEqual(await sent({ 'X-A': '1', 'X-B': 'two', 'X-C': null }), all);
assert.deepStrictEqual(await sent(new Map([['X-A', 1], ['X-B', 'two'], ['X-C', undefined]])), all);
assert.deepStrictEqual(await sent([['X-A', 1], ['X-B', 'two']]), all);
assert.deepStrictEqual(await sent({ 'X-A': ['1', 2, null], 'X-B': [] }), ['1, 2', undefined, undefined]);
assert.deepStrictEqual(await sent([['X-A', '1'], ['x-a', '2']]), ['1, 2', undefined, undefined]);
assert.deepStrictEqual(await sent(new Map()), [undefined, undefined, undefined]);
assert.deepStrictEqual(await sent({}), [undefined, undefined, undefined]);

const wrong = (headers, message) => {
  assert.throws(() => new WebSocket(url, { headers }), { message });
};
for (const headers of [5, 'X-A: 1', null, true, () => {}]) {
  wrong(headers, /option headers must be an object, a Map or a list of pairs/);
}
for (const headers of [['X-A', '1'], [5], new Set(['X-A'])]) {
  wrong(headers, /option headers must be an object, a Map or a list of pairs/);
}
wrong(new Map([['Host', 'x']]), /header Host belongs to the opening handshake/);
wrong([['a b', 'x']], /'a b' is not a header name/);
wrong({ 'X-A': ['a', 'b\nc'] }, /the value of header X-A has control characters/);
wrong(Array.from({ length: 101 }, (_, at) => [`x-${at}`, '1']), /more than 100 headers/);
await server.close();
