// Surrogates without a partner are valid in JSON, escaped or not, in values and in names.
import assert from 'assert';

for (const [text, value] of [
  ['"\\ud83d"', '\ud83d'],
  ['"\ud83d"', '\ud83d'],
  ['"\\uDE00x"', '\ude00x'],
  ['"\\ud83d\\ude00"', '\u{1f600}'],
  ['"\ud83d\\ude00"', '\u{1f600}'],
  ['"\\ud83d\\ud83d\\ude00"', '\ud83d\u{1f600}'],
  ['"\\\\ud800 \\ud800"', '\\ud800 \ud800'],
  ['"\\ue000\ue001\\ud800"', '\ue000\ue001\ud800'],
]) {
  assert.strictEqual(JSON.parse(text), value, JSON.stringify(text));
}
const object = JSON.parse('{"b":1,"\\ud800k":["\\udc00",{"x":"\\udfff"}],"__proto__":2}');
assert.deepStrictEqual(Object.keys(object), ['b', '\ud800k', '__proto__']);
assert.deepStrictEqual(object['\ud800k'], ['\udc00', { x: '\udfff' }]);
assert.strictEqual(Object.getPrototypeOf(object), Object.prototype);

const seen = [];
const revived = JSON.parse('{"a":["\\udc00",1],"b":2}', function (key, value) {
  seen.push(key);
  if (key === 'b') return undefined;
  return value === 1 ? { holder: this.length } : value;
});
assert.deepStrictEqual(seen, ['0', '1', 'a', 'b', '']);
assert.deepStrictEqual(revived, { a: ['\udc00', { holder: 2 }] });

for (const text of ['"\\ud800', '\ud800', '{\ud800:1}', '["\\ud800",]', '"\\ud8"']) {
  assert.throws(() => JSON.parse(text), SyntaxError);
}
