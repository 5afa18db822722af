// Listeners that throw leave nothing behind, however often they do in one turn.

import assert from 'assert';

let caught = 0;
process.on('uncaughtException', () => (caught += 1));
process.on('unhandledRejection', (reason) => {
  const fail = (value) => {
    throw new Error(`${value} not handled`);
  };
  fail(reason);
});
process.on('exit', () => {
  process.removeAllListeners('uncaughtException');
  assert.strictEqual(caught, 30_000);
});

for (let count = 0; count < 30_000; count += 1) Promise.reject(count);
