// What is not JSON is a SyntaxError that says where it went wrong.
import assert from 'assert';

const wrong = ['', ' ', '{', '[1,]', '{"a":1,}', "{'a':1}", '{a:1}', '01', '+1', '.5', '1.', '0x1',
    'NaN', 'undefined', '"\t"', '"\\x41"', '"\\u12"', '\u00a01', '\ufeff1', '1 2', '[1}', '// 1'];
for (const text of wrong) {
    assert.throws(() => JSON.parse(text), SyntaxError, text);
}
assert.throws(() => JSON.parse('{"a":\n  nope}'), /line 2 column/);
assert.throws(() => JSON.parse('["日本",\n  x]'), /unexpected 'x' in JSON, at line 2 column 3/);
for (const [text, message] of [
  ['[1', /an array has no '\]'/], ['{"a":1', /an object has no '\}'/], ['"a', /no closing quote/],
  ['{"a"', /an object has no/], ['{"a" 1}', /'1' in JSON: a name is followed by ':'/],
  ['[1 2]', /unexpected '2' in JSON: expected ',' or '\]'/], ['{"a":1 "b"', /',' or '\}'/],
  ['[1,]', /'\]' in JSON: a comma may not come last, at line 1 column 4/],
  ['{"a":1,}', /a comma may not come last/], ['1 2', /'2' after the end/], ['tru', /end of JSON/],
  ['trve', /unexpected 'v' in JSON, at line 1 column 3/], ['"\n"', /has to be escaped/],
  ['"\\q"', /unexpected 'q' in an escape/], ['"\\u12G4"', /'G' in an escape/],
  ['-x', /'x' in a number/], ['-', /unexpected end in a number/],
]) {
  assert.throws(() => JSON.parse(text), { name: 'SyntaxError', message }, text);
}
assert.throws(() => JSON.parse(), SyntaxError);
assert.throws(() => JSON.parse(Symbol()), TypeError);
