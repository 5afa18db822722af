// url.parse() finds parts in anything.

import assert from 'node:assert';
import url, { parse } from 'node:url';

const parts = {
  protocol: 'http:',
  slashes: true,
  auth: 'user:pass',
  host: 'sub.example.com:8080',
  port: '8080',
  hostname: 'sub.example.com',
  hash: '#hash',
  search: '?query=string&a=1',
  query: 'query=string&a=1',
  pathname: '/p/a/t/h',
  path: '/p/a/t/h?query=string&a=1',
  href: 'http://user:pass@sub.example.com:8080/p/a/t/h?query=string&a=1#hash',
};
const parsed = parse('  HTTP://user:pass@Sub.Example.com:8080/p/a/t/h?query=string&a=1#hash ');
assert.deepStrictEqual({ ...parsed }, parts);
assert.ok(parsed instanceof url.Url);
assert.deepStrictEqual({ ...parse('/a?b=1&b=2', true).query }, { b: ['1', '2'] });
assert.strictEqual(parse('//host/path').host, null);
assert.strictEqual(parse('//host/path', false, true).host, 'host');
assert.strictEqual(parse('mailto:a@b.c').auth, 'a');
assert.strictEqual(parse('javascript:alert(1)').host, null);
assert.strictEqual(parse('http://[::1]:80/x').hostname, '::1');
assert.strictEqual(parse('http://a.com\\b\\c').href, 'http://a.com/b/c');
assert.strictEqual(parse('http://a.com/x y"<>`').path, '/x%20y%22%3C%3E%60');
assert.strictEqual(parse('http://ünï.com/').hostname, 'xn--n-nga1b.com');
assert.throws(() => parse(5), { code: 'ERR_INVALID_ARG_TYPE' });
