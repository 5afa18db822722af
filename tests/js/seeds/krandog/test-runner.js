// The globals `test`, `assert`, `assertEqual` and `run` of the first krandog.

const lines = [];
const { log } = console;
console.log = (line) => lines.push(line);

test('this passes', () => {
  assert(true);
});

test('this fails', () => {
  assert(false, 'expected failure');
});

test('this also passes', async () => {
  await null;
  assertEqual([1, { a: 2 }], [1, { a: 2 }]);
});

const hasPassed = await run();
console.log = log;
const expected = `
Running 3 tests...

  ✓ this passes
  ✗ this fails
    expected failure
  ✓ this also passes

1 failed, 2 passed, 3 total`;
if (hasPassed || lines.join('\n') !== expected) throw new Error(lines.join('\n'));
if (process.exitCode !== 1) throw new Error('a failure has to end in 1');
process.exitCode = 0;
