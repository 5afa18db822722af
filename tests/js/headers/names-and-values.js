// Values lose the whitespace around them; what is no field of HTTP is a TypeError.
import assert from 'assert';

const headers = new Headers();
for (const [given, value] of [
  ['  a  b ', 'a  b'], ['\t\r\n x \r\n', 'x'], ['\u00e9\u00ff', '\u00e9\u00ff'], ['\u0001', '\u0001'],
  ['\u000b', '\u000b'], [1, '1'], [undefined, 'undefined'], [' ', ''],
]) {
  headers.set('x', given);
  assert.strictEqual(headers.get('x'), value);
}
for (const name of ['', ' ', 'a b', 'a:', 'a\n', 'é', '\u0000', '{', '水', 'x'.repeat(1000) + ' ']) {
  assert.throws(() => headers.append(name, ''), TypeError, name);
  assert.throws(() => new Headers({ [name]: '' }), TypeError, name);
}
for (const value of ['a\nb', 'a\rb', 'a\0', '\u0100', '水', 'a\r\n b']) {
  assert.throws(() => headers.append('x', value), TypeError, value);
  assert.throws(() => new Headers([['x', value]]), TypeError, value);
}
for (const name of "!#$%&'*+-.^_`|~09azAZ") headers.append(name, 'x');
