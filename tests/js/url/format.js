// url.format() of parts and of a URL, and what http.request() takes of one.

import assert from 'node:assert';
import { format, urlToHttpOptions } from 'node:url';

assert.strictEqual(format({
  protocol: 'https', hostname: 'example.com', pathname: '/a b?c#d', query: { page: 1, format: ['x', 'y'] },
  hash: 'top',
}), 'https://example.com/a b%3Fc%23d?page=1&format=x&format=y#top');
assert.strictEqual(format({ protocol: 'mailto', auth: 'a', host: 'b.c' }), 'mailto:a@b.c');
assert.strictEqual(format({ hostname: '::1', port: 80, slashes: true }), '//[::1]:80');
assert.strictEqual(format('http://a.com:80/x#y'), 'http://a.com:80/x#y');
const url = new URL('https://u:p@測試:1/x?q#h');
assert.strictEqual(format(url, { fragment: false, unicode: true, auth: false }), 'https://測試:1/x?q');
assert.strictEqual(format(url, { search: false }), 'https://u:p@xn--g6w251d:1/x#h');
assert.throws(() => format(5), { code: 'ERR_INVALID_ARG_TYPE' });

const options = urlToHttpOptions(new URL('https://a%20b:c@[::1]:8/x?y#z'));
assert.deepStrictEqual({ ...options }, {
  protocol: 'https:', hostname: '::1', hash: '#z', search: '?y', pathname: '/x', path: '/x?y',
  href: 'https://a%20b:c@[::1]:8/x?y#z', port: 8, auth: 'a b:c',
});
