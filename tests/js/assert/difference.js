// What a deepStrictEqual shows of long values: what differs, with three lines around it.

import assert from 'assert';

function message(actual, expected) {
  try {
    assert.deepStrictEqual(actual, expected);
  } catch (error) {
    return error.message.split('\n').slice(3, -1);
  }
  throw new Error('they should differ');
}

const numbers = Array.from({ length: 2000 }, (_, index) => index);
const changed = numbers.with(1000, -1);
assert.deepEqual(message(numbers, changed), [
  '...', '    997,', '    998,', '    999,', '+   1000,', '-   -1,', '    1001,', '    1002,',
  '    1003,', '...',
]);

// What is missing, and what is too much.
assert.deepEqual(message([1, 2, 3], [1, 3]), ['  [', '    1,', '+   2,', '    3', '  ]']);
assert.deepEqual(message([1, 3], [1, 2, 3]), ['  [', '    1,', '-   2,', '    3', '  ]']);

// Two places far from each other.
const twice = numbers.with(10, 'a').with(1990, 'b');
const places = message(numbers, twice);
assert.equal(places.filter((line) => line === '...').length, 3);
assert.ok(places.includes("-   'a',") && places.includes("-   'b',"));

// Nothing in common: the middle is left out.
const other = numbers.map((number) => `number ${number}`);
const all = message(numbers, other);
assert.equal(all.length, 201);
assert.ok(all.some((line) => /^\.\.\. \d+ more lines$/.test(line)));

// A long line is cut.
const long = message('x'.repeat(2000), 'y');
assert.ok(long.every((line) => line.length < 600));
assert.ok(long[0].endsWith('more characters'));

// Lines that come again do not confuse it.
const repeated = message([1, 1, 1, 1, 2], [1, 1, 2, 1, 1]);
const restored = (sign) => repeated.filter((line) => line[0] === ' ' || line[0] === sign)
  .map((line) => line.slice(2).trim().replace(',', ''));
assert.deepEqual(restored('+'), ['[', '1', '1', '1', '1', '2', ']']);
assert.deepEqual(restored('-'), ['[', '1', '1', '2', '1', '1', ']']);
