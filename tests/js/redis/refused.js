// Where nobody listens, `connect` rejects with why, and a client says so and tries again.

import assert from 'assert';
import { Redis, connect } from 'krandog:redis';

const refused = { code: 'ECONNREFUSED', message: /^redis:\/\/127\.0\.0\.1:1: connect ECONNREFUSED/ };
await assert.rejects(connect('redis://127.0.0.1:1'), refused);

const redis = new Redis('redis://127.0.0.1:1');
const errors = [];
redis.on('error', (error) => errors.push(error.code));
const waited = new Promise((resolve) => { redis.on('reconnecting', resolve); });
const asked = redis.get('key');
const wait = await waited;
assert(wait > 0 && wait <= 100, wait);
assert.deepEqual([errors, redis.status, redis.connected], [['ECONNREFUSED'], 'reconnecting', false]);
await Promise.all([
  assert.rejects(asked, { code: 'ERR_REDIS_CLOSED' }),
  redis.close(),
]);
assert.equal(redis.status, 'end');
await assert.rejects(redis.get('key'), { code: 'ERR_REDIS_CLOSED' });
await assert.rejects(redis.connect(), { code: 'ERR_REDIS_CLOSED' });
