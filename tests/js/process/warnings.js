// emitWarning: what it takes, and what is not said with noDeprecation.
import assert from 'assert';
import { deprecate } from 'util';

assert.strictEqual(process.noDeprecation, false);
const seen = [];
process.on('warning', ({ name, message, code, detail }) => seen.push([name, message, code, detail]));
const lines = [];
const { write } = process.stderr;
process.emitWarning('one');
process.emitWarning('two', 'Kind', 'CODE');
process.emitWarning('three', { type: 'Kind', code: 'C', detail: 'more' });
process.noDeprecation = true;
process.emitWarning('not said', 'DeprecationWarning');
assert.strictEqual(deprecate(Math.max, 'not said either'), Math.max);
process.noDeprecation = false;
await new Promise((done) => setTimeout(done));
assert.deepStrictEqual(seen, [
  ['Warning', 'one', undefined, undefined],
  ['Kind', 'two', 'CODE', undefined],
  ['Kind', 'three', 'C', 'more'],
]);
assert.throws(() => process.emitWarning(5), {
  message: 'The "warning" argument must be of type string or an instance of Error. '
    + 'Received type number (5)',
});
assert.throws(() => process.emitWarning('x', 5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.deepStrictEqual([lines, process.stderr.write], [[], write]);
