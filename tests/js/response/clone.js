// clone() makes a second Response that is read by itself.
import assert from 'assert';

const response = new Response('x', { status: 201, statusText: 'Made', headers: { a: '1' } });
const copy = response.clone();
copy.headers.set('a', '2');
assert.strictEqual(response.headers.get('a'), '1');
assert.deepStrictEqual([copy.status, copy.statusText], [201, 'Made']);
assert.strictEqual(await response.text(), 'x');
assert.strictEqual(copy.bodyUsed, false);
assert.strictEqual(await copy.text(), 'x');
assert.throws(() => response.clone(), TypeError);
assert.strictEqual(new Response(null).clone().body, null);
assert.throws(() => Response.error().clone().headers.set('a', 'b'), TypeError);
