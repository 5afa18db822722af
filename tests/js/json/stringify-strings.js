// Strings are escaped where they must be, and a lone surrogate is written as an escape.
import assert from 'assert';

assert.strictEqual(JSON.stringify('"\\/\b\f\n\r\t\0\x1f\x7f'),
    '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f"');
assert.strictEqual(JSON.stringify('é ÿ 日本 😀 \u2028'), '"é ÿ 日本 😀 \u2028"');
assert.strictEqual(JSON.stringify('\ud83d \ude00\ud83d'), '"\\ud83d \\ude00\\ud83d"');
assert.strictEqual(JSON.stringify({ 'a"b': 1, 'é': 2 }), '{"a\\"b":1,"é":2}');
for (let length = 0; length < 100; length++) {
    const text = 'x'.repeat(length) + '"';
    assert.strictEqual(JSON.stringify(text), `"${'x'.repeat(length)}\\""`);
    assert.strictEqual(JSON.parse(JSON.stringify(text)), text);
}
