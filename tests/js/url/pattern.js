// URLPattern: constructor strings, objects, groups, modifiers, and what it normalizes.
import assert from 'assert';
import { inspect } from 'util';

const groups = (pattern, url, component = 'pathname') => (
  new URLPattern(pattern).exec(url)?.[component].groups
);
const users = new URLPattern({ pathname: '/users/:id' });
assert.strictEqual(users.protocol, '*');
assert.strictEqual(users.pathname, '/users/:id');
assert.ok(users.test('https://example.com/users/7'));
assert.ok(!users.test('https://example.com/users/7/posts'));
assert.ok(users.test({ pathname: '/users/7' }));
assert.ok(!users.test('no url'));
const found = users.exec('https://example.com/users/7?q#h');
assert.deepStrictEqual(found.pathname, { input: '/users/7', groups: { id: '7' } });
assert.deepStrictEqual(found.search, { input: 'q', groups: { 0: 'q' } });
assert.deepStrictEqual(found.inputs, ['https://example.com/users/7?q#h']);

const full = new URLPattern('https://*.example.com:8080/:kind(\\d+|all)/*\\?q=:q#:hash');
for (const [component, text] of Object.entries({
  protocol: 'https', hostname: '*.example.com', port: '8080', pathname: '/:kind(\\d+|all)/*',
  search: 'q=:q', hash: ':hash', username: '*',
})) {
  assert.strictEqual(full[component], text);
}
assert.strictEqual(full.hasRegExpGroups, true);
assert.strictEqual(users.hasRegExpGroups, false);
const match = full.exec('https://a.b.example.com:8080/12/x/y?q=1#top');
assert.deepStrictEqual(match.hostname.groups, { 0: 'a.b' });
assert.deepStrictEqual(match.pathname.groups, { kind: '12', 0: 'x/y' });
assert.deepStrictEqual(match.search.groups, { q: '1' });

const at = 'https://h';
assert.deepStrictEqual(groups({ pathname: '/a/:b?' }, `${at}/a`), { b: undefined });
assert.deepStrictEqual(groups({ pathname: '/a/:b+' }, `${at}/a/x/y`), { b: 'x/y' });
assert.deepStrictEqual(groups({ pathname: '/a/:b*' }, `${at}/a`), { b: undefined });
assert.deepStrictEqual(groups({ pathname: '/a{/b}?/c' }, `${at}/a/c`), {});
assert.deepStrictEqual(groups({ pathname: '/:a.:b' }, `${at}/x.y`), { a: 'x', b: 'y' });
assert.strictEqual(groups({ pathname: '/A' }, `${at}/a`), undefined);
assert.ok(new URLPattern({ pathname: '/A' }, { ignoreCase: true }).test(`${at}/a`));
assert.ok(new URLPattern('/x/*', 'https://example.com').test('https://example.com/x/1'));
assert.ok(new URLPattern('*', 'https://example.com').test('./y', 'https://example.com/x/'));
assert.strictEqual(new URLPattern({ pathname: '/é' }).pathname, '/%C3%A9');
assert.strictEqual(new URLPattern({ protocol: 'https', port: '443' }).port, '');
assert.strictEqual(new URLPattern('data\\:foo*').pathname, 'foo*');
assert.match(inspect(users), /^URLPattern \{\n  protocol: '\*',\n/);

for (const wrong of ['(', '/relative', { pathname: '/:a/:a' }, { pathname: '{' }, { port: 'x' }]) {
  assert.throws(() => new URLPattern(wrong), TypeError, inspect(wrong));
}
assert.throws(() => new URLPattern({ pathname: '/' }, 'https://h'), TypeError);
