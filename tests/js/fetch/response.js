// What a response says of itself, and the ways to read its body.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => {
  if (req.pathname === '/404') return { status: 404, body: 'not here' };
  if (req.pathname === '/204') return { status: 204 };
  return {
    headers: { 'content-type': 'application/json', 'x-one': ['a', 'b'], 'set-cookie': ['a=1', 'b=2'] },
    body: '{"hello":"wörld"}',
  };
});

const response = await fetch(`${url}/a?b=c#d`);
assert(response instanceof Response);
assert.strictEqual(response.status, 200);
assert.strictEqual(response.ok, true);
assert.strictEqual(response.statusText, 'OK');
assert.strictEqual(response.type, 'basic');
assert.strictEqual(response.redirected, false);
assert.strictEqual(response.url, `${url}/a?b=c`);
assert.strictEqual(response.headers.get('x-one'), 'a, b');
assert.deepStrictEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
assert.throws(() => response.headers.set('a', 'b'), TypeError);
assert.deepStrictEqual(await response.json(), { hello: 'wörld' });
assert.strictEqual(response.bodyUsed, true);
await assert.rejects(response.text(), TypeError);

assert.strictEqual(await (await fetch(url)).text(), '{"hello":"wörld"}');
assert.strictEqual((await (await fetch(url)).arrayBuffer()).byteLength, 18);
assert.strictEqual((await (await fetch(url)).bytes())[0], 123);
assert.strictEqual((await (await fetch(url)).blob()).type, 'application/json');

const missing = await fetch(`${url}/404`);
assert.deepStrictEqual([missing.status, missing.ok, missing.statusText], [404, false, 'Not Found']);
assert.strictEqual(await missing.text(), 'not here');

for (const [target, method] of [['/204', 'GET'], ['/', 'HEAD']]) {
  const empty = await fetch(url + target, { method });
  assert.strictEqual(empty.body, null);
  assert.strictEqual(await empty.text(), '');
}
server.close();
