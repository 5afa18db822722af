// Texts are parsed as deep as values are written: 2 000 levels. What is deeper is a RangeError.
import assert from 'assert';

for (const [open, close] of [['[', ']'], ['{"a":', '}']]) {
  const nested = (depth) => open.repeat(depth) + '1' + close.repeat(depth);
  for (const depth of [1, 127, 128, 2000]) {
    assert.strictEqual(JSON.stringify(JSON.parse(nested(depth))), nested(depth));
  }
  assert.throws(() => JSON.parse(nested(2001)), { name: 'RangeError', message: /2000 levels/ });
  assert.throws(() => JSON.parse(nested(100_000)), RangeError);

  // A reviver sees what the engine's own function would refuse, too.
  let calls = 0;
  JSON.parse(nested(200), (key, value) => (calls += 1, value));
  assert.strictEqual(calls, 201);
}
