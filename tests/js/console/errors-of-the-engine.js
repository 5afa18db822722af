// An error that a script logs is explained as one that nothing caught; its message stays.
import assert from 'assert';
import { inspect } from 'util';

function nameOf(message) {
  return message.user.name;
}

function caught(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const error = caught(() => nameOf({}));
const [first, place] = inspect(error).split('\n');
assert.strictEqual(first, "TypeError: Cannot read property 'name': message.user is null or undefined");
assert.match(place, /^ {4}at nameOf \(.*errors-of-the-engine\.js:6:23\)$/);
assert.strictEqual(inspect({ error }).includes('message.user is null'), true);
assert.strictEqual(error.message, "cannot convert 'null' or 'undefined' to object");

// What a script says itself, in whatever words, is not changed.
const own = caught(() => { throw new TypeError('not a constructor'); });
assert.match(inspect(own), /^TypeError: not a constructor\n/);
const stack = caught(() => nameOf({}));
stack.stack = 'mine';
assert.strictEqual(inspect(stack), '[mine]');
