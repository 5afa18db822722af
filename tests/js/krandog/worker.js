// A program that runs on one thread is its only worker.

import assert from 'assert';

assert.deepEqual({ ...krandog.worker }, { id: 1, isPrimary: true, count: 1 });
assert.equal(`${krandog}`, '[object krandog]');
assert.ok(Object.isFrozen(krandog) && Object.isFrozen(krandog.worker));
