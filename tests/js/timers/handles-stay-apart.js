// A handle never means two timers, even after as many as once made the numbers begin anew.

import assert from 'assert';

const first = setTimeout(assert.fail, 1);
const number = Number(first);
clearTimeout(first);

for (let count = 1; count < 2 ** 20; count++) clearTimeout(setTimeout(assert.fail, 1e6));

// In the place of the first one, if there is such a thing.
await new Promise((resolve) => {
  const last = setTimeout(resolve, 1);
  assert.notStrictEqual(Number(last), number);
  clearTimeout(first);
  clearTimeout(number);
  clearTimeout(String(number));
});
