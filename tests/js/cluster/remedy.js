// cluster.fork() names what krandog has in its place.

import assert from 'node:assert';
import cluster from 'node:cluster';

assert.deepStrictEqual([cluster.isPrimary, cluster.isWorker], [true, false]);
assert.throws(() => cluster.fork(), /--workers N/);
