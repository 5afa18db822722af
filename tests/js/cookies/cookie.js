// What `Set-Cookie` is to say, with the attributes that are given.

import assert from 'assert';
import { cookie, parseCookies } from 'krandog:cookies';

for (const [options, expected] of [
  [undefined, '; Path=/; SameSite=Lax'],
  [{ path: null, sameSite: null }, ''],
  [{ path: '/app', domain: 'example.com' }, '; Domain=example.com; Path=/app; SameSite=Lax'],
  [{ maxAge: 0 }, '; Path=/; Max-Age=0; SameSite=Lax'],
  [{ maxAge: 34_560_000 }, '; Path=/; Max-Age=34560000; SameSite=Lax'],
  [
    { expires: new Date(0), sameSite: 'Strict' },
    '; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Strict',
  ],
  [{ expires: 86_400_000 }, '; Path=/; Expires=Fri, 02 Jan 1970 00:00:00 GMT; SameSite=Lax'],
  [
    { secure: true, httpOnly: true, partitioned: true, sameSite: 'none' },
    '; Path=/; SameSite=None; Secure; HttpOnly; Partitioned',
  ],
]) {
  assert.strictEqual(cookie('a', 'b', options), `a=b${expected}`);
}

const bare = (value, options) => cookie('a', value, { path: null, sameSite: null, ...options });
assert.strictEqual(bare(5), 'a=5');
assert.strictEqual(bare(''), 'a=');
assert.strictEqual(bare('a=b&c/d:e'), 'a=a=b&c/d:e');
assert.strictEqual(bare('x; y="ü%"\r\n'), 'a=x%3B%20y=%22%C3%BC%25%22%0D%0A');
assert.strictEqual(bare('100%', { encode: false }), 'a=100%');
for (const value of ['', 'plain', 'ü 🍪', '"\\,;%', '\0\r\n', '{"a":1}']) {
  assert.strictEqual(parseCookies(bare(value)).a, value);
}
