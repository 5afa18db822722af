// Names in ASCII and back.

import assert from 'node:assert';
import punycode from 'punycode';

for (const [text, ascii] of [['mañana', 'maana-pta'], ['☃-⌘', '--dqo34k'], ['abc', 'abc-']]) {
  assert.strictEqual(punycode.encode(text), ascii);
  assert.strictEqual(punycode.decode(punycode.encode(text)), text);
}
assert.strictEqual(punycode.toASCII('mañana.com'), 'xn--maana-pta.com');
assert.strictEqual(punycode.toUnicode('xn--maana-pta.com'), 'mañana.com');
assert.strictEqual(punycode.toASCII('джумла@джpумлатест.bрфa'), 'джумла@xn--p-8sbkgc5ag7bhce.xn--ba-lmcq');
assert.deepStrictEqual(punycode.ucs2.decode('\u{1D306}a'), [0x1d306, 0x61]);
assert.strictEqual(punycode.ucs2.encode([0x1d306, 0x61]), '\u{1D306}a');
assert.throws(() => punycode.decode('\x80'), RangeError);
assert.throws(() => punycode.decode('a-!'), RangeError);
