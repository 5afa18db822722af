// The inspector shows an error with its stack, its cause and what was added to it.
import assert from 'assert';
import { inspect } from 'util';

class ValidationError extends Error {
  field = 'age';
}
const text = inspect(new ValidationError('bad', { cause: new RangeError('old') }));
assert.match(text, /^ValidationError: bad\n {4}at /);
assert.match(text, /\n {2}field: 'age',\n {2}\[cause\]: RangeError: old\n {6}at /);
const all = inspect(new AggregateError([new Error('one')], 'both'));
assert.match(all, /^AggregateError: both\n/);
assert.match(all, /\[errors\]: \[\n {4}Error: one/);
