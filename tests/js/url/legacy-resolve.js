// url.resolve() as links of a page are, also where the scheme is unknown.

import assert from 'node:assert';
import { resolve } from 'node:url';

for (const [from, to, expected] of [
  ['/one/two/three', 'four', '/one/two/four'],
  ['http://example.com/', '/one', 'http://example.com/one'],
  ['http://example.com/one', '/two', 'http://example.com/two'],
  ['http://a.com/b/c/d?q#h', '../e', 'http://a.com/b/e'],
  ['http://a.com/b/c/d', './', 'http://a.com/b/c/'],
  ['http://a.com/b/c/d', '//other.com/x', 'http://other.com/x'],
  ['http://a.com/b', '?q=1', 'http://a.com/b?q=1'],
  ['http://a.com/b', '#h', 'http://a.com/b#h'],
  ['http://a.com', 'mailto:x@y.z', 'mailto:x@y.z'],
  ['http://u:p@a.com/', 'b', 'http://u:p@a.com/b'],
  ['http://u:p@a.com/', '//b.com/', 'http://b.com/'],
  ['a/b/../c', '../../d', '../d'],
  ['mailto:a@b.c', 'd', 'mailto:a@d'],
  ['.', '#x', '#x'],
]) assert.strictEqual(resolve(from, to), expected, `${from} ${to}`);
