// What a value throws on its way into the console reaches the caller, in the middle of an
// expression too.
import assert from 'assert';

const hostile = {
  toString() {
    throw new Error('hostile');
  },
};
const join = (...values) => values.join(' ');
const message = () => {
  try {
    return console.count(hostile);
  } catch (error) {
    return error.message;
  }
};
for (let turn = 0; turn < 3; turn++) {
  assert.strictEqual(join('left', message(), turn, message(), 'right'),
    `left hostile ${turn} hostile right`);
}
