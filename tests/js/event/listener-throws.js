// What a listener throws is reported, and the next listener runs.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

import process from 'node:process';

const target = new EventTarget();
const seen = [];
process.on('uncaughtException', (error) => seen.push(error.message));
target.addEventListener('x', () => {
  throw new Error('first');
});
target.addEventListener('x', () => seen.push('second'));
target.addEventListener('x', {});
equal(target.dispatchEvent(new Event('x')), true);
equal(seen.join(), 'second');
await new Promise((resolve) => setTimeout(resolve, 5));
equal(seen[1], 'first');
equal(seen.length, 3);
