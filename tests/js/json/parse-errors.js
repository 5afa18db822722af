// What is not JSON is a SyntaxError that says where it went wrong.
import assert from 'assert';

const wrong = ['', ' ', '{', '[1,]', '{"a":1,}', "{'a':1}", '{a:1}', '01', '+1', '.5', '1.', '0x1',
    'NaN', 'undefined', '"\t"', '"\\x41"', '"\\u12"', '\u00a01', '\ufeff1', '1 2', '[1}', '// 1'];
for (const text of wrong) {
    assert.throws(() => JSON.parse(text), SyntaxError, text);
}
assert.throws(() => JSON.parse('{"a":\n  nope}'), /line 2 column/);
assert.throws(() => JSON.parse(), SyntaxError);
assert.throws(() => JSON.parse(Symbol()), TypeError);
