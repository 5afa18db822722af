// What browsers would ignore is an error here, which says what to do.

import assert from 'assert';
import { cookie } from 'krandog:cookies';

for (const [args, message] of [
  [['a b', ''], /is no token of HTTP/],
  [['', ''], /is no token of HTTP/],
  [['a=b', ''], /is no token of HTTP/],
  [['ü', ''], /is no token of HTTP/],
  [[5, ''], /"name" argument must be of type string/],
  [['a', {}], /"value" argument must be a string or a number/],
  [['a'], /"value" argument must be a string or a number/],
  [['a', 'x y', { encode: false }], /leave encode: false out/],
  [['a', 'x'.repeat(4096)], /4097 bytes, and browsers keep none of more than 4096/],
  [['__Secure-a', ''], /__Secure- needs secure: true/],
  [['__host-a', ''], /__Host- needs secure: true/],
  [['__Host-a', '', { secure: true, domain: 'example.com' }], /leave domain out/],
  [['__Host-a', '', { secure: true, path: '/app' }], /needs path: '\/'/],
  [['__Host-a', '', { secure: true, path: null }], /needs path: '\/'/],
  [['a', '', { sameSite: 'none' }], /sameSite: 'none' needs secure: true/],
  [['a', '', { partitioned: true }], /partitioned: true needs secure: true/],
  [['a', '', { path: 'app' }], /begins with a slash/],
  [['a', '', { path: '/; Domain=example.com' }], /printable ASCII without a semicolon/],
  [['a', '', { domain: 'a\r\nb' }], /printable ASCII without a semicolon/],
  [['a', '', { path: `/${'x'.repeat(1024)}` }], /more than 1024 bytes/],
  [['a', '', { sameSite: true }], /'strict', 'lax', 'none' or null, not true/],
  [['a', '', { maxAge: -1 }], /from 0 to 34560000, not -1/],
  [['a', '', { maxAge: 34_560_001 }], /from 0 to 34560000/],
  [['a', '', { expires: new Date(NaN) }], /must be a Date/],
  [['a', '', { expires: 'tomorrow' }], /must be a Date/],
  [['a', '', { httponly: true }], /did you mean httpOnly\?/],
]) {
  assert.throws(() => cookie(...args), { message }, JSON.stringify(args).slice(0, 100));
}
assert.strictEqual(cookie('a', 'x'.repeat(4095), { path: null, sameSite: null }).length, 4097);
assert.match(cookie('__Host-a', 'b', { secure: true }), /^__Host-a=b; Path=\//);
