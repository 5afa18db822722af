// Numbers are what the same literals are in a script, however long or large they are.
import assert from 'assert';

for (const [text, value] of [
  ['0', 0], ['-0', -0], ['-0.0', -0], ['7', 7], ['2147483648', 2147483648],
  ['-2147483649', -2147483649], ['999999999999999999', 999999999999999999],
  ['9007199254740993', 9007199254740992], ['18446744073709551616', 18446744073709551616],
  ['1e400', Infinity], ['-1E+400', -Infinity], ['1e-400', 0], ['5e-324', 5e-324],
  ['123456789.125e-3', 123456.789125], ['0.30000000000000004', 0.30000000000000004],
  [`1${'0'.repeat(400)}`, Infinity], [`0.${'0'.repeat(400)}1`, 0],
]) {
  assert.ok(Object.is(JSON.parse(text), value), text);
  assert.ok(Object.is(JSON.parse(` [${text}]`)[0], value), text);
  // Beside text that is not Latin-1, too.
  assert.ok(Object.is(JSON.parse(`{"日":${text}}`)['日'], value), text);
}
for (const text of ['-', '01', '-01', '1.', '.1', '1e', '1e+', '+1', '1_0', '٣', '0x1', '1n']) {
  assert.throws(() => JSON.parse(text), SyntaxError, text);
}
assert.strictEqual(JSON.parse('1e400', (key, value) => value), Infinity);
