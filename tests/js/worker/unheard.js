// An error in a worker that nobody listens for is an uncaught exception of who has started it.
import assert from 'assert';

process.on('uncaughtException', (error, origin) => {
  assert(error instanceof RangeError);
  assert.equal(error.message, 'nobody');
  assert.equal(origin, 'uncaughtException');
  process.exitCode = 0;
});
process.exitCode = 9;
new Worker("throw new RangeError('nobody')", { eval: true });
