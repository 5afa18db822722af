// A function in the place of process.stdout.write gets what the console prints.
import assert from 'assert';

const lines = [];
const { write } = process.stdout;
process.stdout.write = function (text) {
  lines.push(text);
  return this === process.stdout;
};
console.log('plain', 5);
console.log({ a: 1 });
console.group('group');
console.info('inside');
console.groupEnd();
console.table([{ a: 1 }]);
process.stdout.write('direct');
process.stdout.write = () => {
  throw new Error('nobody hears of it');
};
console.log('lost');
process.stdout.write = write;
assert.deepStrictEqual(lines.slice(0, 4), ['plain 5\n', '{ a: 1 }\n', 'group\n', '  inside\n']);
assert.match(lines[4], /│ \(index\) │ a │/);
assert.strictEqual(lines[5], 'direct');
assert.strictEqual(lines.length, 6);

const errors = [];
const original = process.stderr.write;
process.stderr.write = (text) => errors.push(text);
console.error('to standard error');
console.warn('%s', 'too');
process.stderr.write = original;
assert.deepStrictEqual(errors, ['to standard error\n', 'too\n']);
