// A Request has what it is made of, and the standard's defaults.
import assert from 'assert';

const plain = new Request('HTTP://a.example:80/b c?d#e');
assert.deepStrictEqual([
  plain.method, plain.url, plain.destination, plain.referrer, plain.referrerPolicy, plain.mode,
  plain.credentials, plain.cache, plain.redirect, plain.integrity, plain.keepalive, plain.duplex,
  plain.body, plain.bodyUsed, plain.isReloadNavigation, plain.isHistoryNavigation,
], [
  'GET', 'http://a.example/b%20c?d#e', '', 'about:client', '', 'cors', 'same-origin', 'default',
  'follow', '', false, 'half', null, false, false, false,
]);
assert.ok(plain.signal instanceof AbortSignal);
assert.strictEqual(plain.signal, plain.signal);
assert.strictEqual(new Request(new URL('http://a.example/x')).url, 'http://a.example/x');

const set = new Request('http://a.example', {
  method: 'POST', body: 'x', headers: { a: 'b' }, mode: 'no-cors', credentials: 'include',
  cache: 'no-store', redirect: 'manual', referrer: 'http://b.example', referrerPolicy: 'origin',
  integrity: 'sha256-x', keepalive: 1, duplex: 'half', priority: 'high', window: null,
});
assert.deepStrictEqual(
  [set.mode, set.credentials, set.cache, set.redirect, set.referrer, set.referrerPolicy, set.integrity, set.keepalive],
  ['no-cors', 'include', 'no-store', 'manual', 'http://b.example/', 'origin', 'sha256-x', true],
);
assert.deepStrictEqual([...set.headers], [['a', 'b'], ['content-type', 'text/plain;charset=UTF-8']]);
assert.strictEqual(await set.text(), 'x');
assert.strictEqual(set.bodyUsed, true);

for (const [given, method] of [['get', 'GET'], ['Post', 'POST'], ['pAtCh', 'pAtCh'], ['PATCH', 'PATCH'], ['x-y', 'x-y']]) {
  assert.strictEqual(new Request('http://a.example', { method: given }).method, method);
}

for (const init of [
  { method: '' }, { method: 'a b' }, { method: 'connect' }, { method: 'TRACE' }, { method: 'Track' },
  { mode: 'navigate' }, { mode: 'x' }, { cache: 'x' }, { cache: 'only-if-cached' }, { credentials: '' },
  { redirect: 'x' }, { referrer: '/x' }, { referrerPolicy: 'x' }, { signal: {} }, { window: {} },
  { duplex: 'full' }, { priority: 'x' }, { body: '' }, { method: 'HEAD', body: 'x' }, { headers: [['a']] }, 1,
]) {
  assert.throws(() => new Request('http://a.example', init), TypeError, JSON.stringify(init));
}
for (const url of ['', '/x', 'x', 'http://', 'http://user@a.example', 'http://:secret@a.example']) {
  assert.throws(() => new Request(url), TypeError, url);
}
assert.throws(() => new Request(), TypeError);
assert.throws(() => new Request('/x'), /whole URL/);
assert.throws(() => new Request('http://a.example', { redirect: 'follows' }), /did you mean 'follow'\?/);
