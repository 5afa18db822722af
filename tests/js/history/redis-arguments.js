// `RedisHistory` names what is wrong with its arguments, without a server.

import assert from 'assert';
import { RedisHistory } from 'krandog:history/redis';
import { Hub } from 'krandog:hub';
import { Redis } from 'krandog:redis';

const redis = new Redis('redis://127.0.0.1:1').on('error', () => {});
const hub = new Hub({ maxNameLength: 5 });
assert.throws(() => new RedisHistory({}, redis), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new RedisHistory(hub, {}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new RedisHistory(hub, redis, { mesages: 1 }), /did you mean messages\?/);
const history = new RedisHistory(hub, redis);
await assert.rejects(history.publish('too long', 1), { code: 'ERR_OUT_OF_RANGE' });
await assert.rejects(history.publish('room', undefined), { code: 'ERR_INVALID_ARG_TYPE' });
await assert.rejects(history.position('too long'), { code: 'ERR_OUT_OF_RANGE' });
await redis.close();
