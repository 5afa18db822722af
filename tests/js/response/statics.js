// Response.json, Response.error and Response.redirect.
import assert from 'assert';

const json = Response.json({ a: '\u00e9' }, { status: 201, headers: { x: 'y' } });
assert.deepStrictEqual([...json.headers], [['content-type', 'application/json'], ['x', 'y']]);
assert.strictEqual(json.status, 201);
assert.strictEqual(await json.text(), '{"a":"\u00e9"}');
const own = Response.json(null, { headers: { 'content-type': 'a/b' } });
assert.strictEqual(own.headers.get('content-type'), 'a/b');
for (const value of [undefined, () => 1, Symbol()]) {
  assert.throws(() => Response.json(value), TypeError);
}
assert.throws(() => Response.json(1, { status: 204 }), TypeError);
const cycle = {};
cycle.cycle = cycle;
assert.throws(() => Response.json(cycle), TypeError);

const error = Response.error();
assert.deepStrictEqual([error.type, error.status, error.ok, error.body], ['error', 0, false, null]);
assert.throws(() => error.headers.append('a', 'b'), TypeError);

const redirect = Response.redirect('http://a.example/b c');
assert.deepStrictEqual([redirect.status, redirect.headers.get('location')], [302, 'http://a.example/b%20c']);
assert.strictEqual(Response.redirect('http://a.example', 308).status, 308);
assert.throws(() => Response.redirect('http://a.example', 200), RangeError);
assert.throws(() => Response.redirect('/path'), /new Response\(null, \{ status: 302/);
