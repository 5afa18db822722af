// A text whose property names were chosen to have the same hash in the engine is refused; many
// names as such are not.

import assert from 'assert';

// Either piece weighs the same in the hash, so that any row of so many does.
const pieces = ['azzaazzzzaaz', 'yvfnvvwpbafx'];
const colliding = (bits) =>
  Array.from({ length: 2 ** bits }, (_, number) =>
    Array.from({ length: bits }, (_, bit) => pieces[(number >> bit) & 1]).join(''),
  );
const text = (names) => `{${names.map((name) => `"${name}":1`).join()}}`;

const refused = { name: 'RangeError', message: /property names with the same hash/ };
for (const names of [colliding(12), colliding(7)]) {
  const flood = text(names);
  assert.throws(() => JSON.parse(flood), refused);
  assert.throws(() => JSON.parse(`[{"a":${flood}}]`), refused);
}
const reviver = (_, value) => value;
assert.throws(() => JSON.parse(text(colliding(12)), reviver), refused);

// A handful that collide do no harm.
assert.strictEqual(Object.keys(JSON.parse(text(colliding(5)))).length, 32);

const many = Array.from({ length: 20_000 }, (_, number) => `name ${number}`);
assert.deepStrictEqual(Object.keys(JSON.parse(text(many))), many);
assert.deepStrictEqual(Object.keys(JSON.parse(text(many), reviver)), many);

// A name that stands there many times is one name.
const twice = Array.from({ length: 5000 }, (_, number) => `name ${number % 100}`);
assert.strictEqual(Object.keys(JSON.parse(text(twice))).length, 100);
assert.deepStrictEqual(JSON.parse(`{${Array.from({ length: 5000 }, () => '"a":1').join()}}`), { a: 1 });
