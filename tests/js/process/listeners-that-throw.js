// What a listener of `process` throws is an uncaught exception like any other.

import assert from 'assert';

const caught = [];
process.on('uncaughtException', (error) => caught.push(error.message));
process.on('unhandledRejection', (reason) => {
  throw new Error(`${reason} not handled`);
});
process.once('beforeExit', () => {
  throw new Error('before exit');
});
process.on('exit', () => {
  process.removeAllListeners('uncaughtException');
  assert.deepStrictEqual(caught, ['1 not handled', 'before exit']);
});

Promise.reject(1);
