// URLs, their parameters and events, at the top and deep inside.
import assert from 'assert';
import { inspect } from 'util';

const url = new URL('http://a/b?c');
const deep = (value) => inspect({ a: { b: { value } } });
assert.strictEqual(deep(url), '{ a: { b: { value: URL {} } } }');
assert.match(inspect({ a: { url } }), /searchParams: URLSearchParams \{ 'c' => '' \},\n/);
assert.strictEqual(deep(url.searchParams), '{ a: { b: { value: [Object] } } }');
assert.strictEqual(deep(new Event('x')), '{ a: { b: { value: Event } } }');
assert.match(inspect(new Event('x')),
  /^Event \{\n  type: 'x',\n  defaultPrevented: false,\n  cancelable: false,\n  timeStamp: [\d.]+\n\}$/);
const keys = new URLSearchParams('a=1&b=2').entries();
keys.next();
assert.strictEqual(inspect(keys), "URLSearchParams Iterator { [ 'b', '2' ] }");
assert.strictEqual(inspect(new URLSearchParams()), 'URLSearchParams {}');
const long = new URLSearchParams({ name: 'x'.repeat(80) });
assert.strictEqual(inspect(long), `URLSearchParams {\n  'name' => '${'x'.repeat(80)}' }`);
// What an event carries may lead back to it.
const detail = {};
detail.event = new CustomEvent('loop', { detail });
assert.match(inspect(detail), /CustomEvent/);
