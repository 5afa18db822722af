// A few of the cases in which parsers have differed; tests/wpt/ has all of them.
import assert from 'assert';

for (const [input, base, href] of [
  ['C|', 'file://host/dir/file', 'file://host/C:'],
  ['file:\\\\//', undefined, 'file:////'],
  ['file://localhost//a//../..//foo', undefined, 'file://///foo'],
  ['/c:/foo', 'file://host/path', 'file://host/c:/foo'],
  ['http://x/a^b', undefined, 'http://x/a%5Eb'],
  ['non-special:opaque  ?q', undefined, 'non-special:opaque %20?q'],
  ['http://0x7f.1/', undefined, 'http://127.0.0.1/'],
  ['..', 'foo://host/a', 'foo://host/'],
]) {
  const url = new URL(input, base);
  assert.strictEqual(url.href, href, input);
}
assert.strictEqual(new URL('blob:https://a.b:8/x').origin, 'https://a.b:8');
assert.strictEqual(new URL('blob:ftp://a/x').origin, 'null');
const url = new URL('non-special:/..//path');
assert.strictEqual(url.href, 'non-special:/.//path');
url.hostname = 'h';
assert.strictEqual(url.href, 'non-special://h//path');
url.host = 'example:99999';
assert.strictEqual(url.href, 'non-special://example//path');
