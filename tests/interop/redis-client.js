// `krandog:redis` with a server at the URL that the command line names, for redis-client.py.

import assert from 'assert';
import { Redis, connect } from 'krandog:redis';

const [, , url] = process.argv;
const redis = await connect(url);
assert.deepEqual([redis.status, redis.connected], ['ready', true]);

const checks = {
  async 'replies are values'() {
    assert.equal(await redis.set('a', 'é'), 'OK');
    assert.equal(await redis.get('a'), 'é');
    assert.deepEqual(await redis.getBuffer('a'), new TextEncoder().encode('é'));
    assert.equal(await redis.get('none'), null);
    assert.equal(await redis.incrby('n', 5), 5);
    await redis.set('n', 9007199254740993n);
    assert.equal(await redis.incr('n'), 9007199254740994n);
    await redis.hset('h', { one: 1, two: 'zwei' });
    assert.deepEqual(await redis.hgetall('h'), { one: '1', two: 'zwei' });
    await redis.sadd('s', ['x', 'y'], new Set(['z']));
    assert.deepEqual((await redis.smembers('s')).sort(), ['x', 'y', 'z']);
    await redis.zadd('z', 1.5, 'm');
    assert.equal(await redis.zscore('z', 'm'), 1.5);
    const bytes = new Uint8Array([0, 255, 13, 10]);
    await redis.set(bytes, bytes);
    assert.deepEqual(await redis.getBuffer(bytes), bytes);
    assert.deepEqual(await redis.send('MGET', ['a', 'none']), ['é', null]);
    const large = 'x'.repeat(3_000_000);
    await redis.set('large', large);
    assert.equal(await redis.get('large') === large, true);
  },

  async 'maps and sets are those of JavaScript where that is wanted'() {
    const other = await connect(url, { maps: true });
    assert.deepEqual(await other.hgetall('h'), new Map([['one', '1'], ['two', 'zwei']]));
    assert.deepEqual(await other.smembers('none'), new Set());
    await other.quit();
  },

  async 'an error has the code of the server'() {
    await assert.rejects(redis.hget('a', 'f'), { code: 'WRONGTYPE', message: /^WRONGTYPE / });
    await assert.rejects(redis.send('NOSUCH'), { code: 'ERR', message: /unknown command/ });
    assert.equal(await redis.ping(), 'PONG');
  },

  async 'a pipeline and a transaction'() {
    const replies = await redis.pipeline().set('p', 1).hget('p', 'f').incr('p').exec();
    assert.equal(replies[1][0].code, 'WRONGTYPE');
    assert.deepEqual([replies[0], replies[2]], [[null, 'OK'], [null, 2]]);
    assert.deepEqual(await redis.multi().set('t', 1).incr('t').exec(), [[null, 'OK'], [null, 2]]);
    const [, [error]] = await redis.multi([['set', 't', 'a'], ['incr', 't']]).exec();
    assert.equal(error.code, 'ERR');
    const refused = redis.multi().call('NOSUCH').incr('t').exec();
    await assert.rejects(refused, ({ code, cause }) => code === 'EXECABORT' && cause.code === 'ERR');
    const other = redis.duplicate();
    await redis.watch('t');
    await other.set('t', 5);
    assert.equal(await redis.multi().incr('t').exec(), null);
    await other.close();
  },

  async 'messages of channels and patterns'() {
    const other = await connect(url);
    const heard = [];
    assert.equal(await redis.subscribe('news', (text, from) => heard.push([from, text])), 1);
    redis.on('message', (channel, text) => heard.push([channel, 'event', text]));
    redis.on('pmessage', (pattern, channel, text) => heard.push([pattern, channel, text]));
    assert.equal(await redis.psubscribe('n*'), 2);
    assert.equal(await other.publish('news', 'hello'), 2);
    // The connection takes commands all the same.
    assert.equal(await redis.ping(), 'PONG');
    assert.deepEqual(heard, [
      ['news', 'event', 'hello'], ['news', 'hello'], ['n*', 'news', 'hello'],
    ]);
    await redis.unsubscribe('news');
    await redis.punsubscribe();
    assert.equal(await other.publish('news', 'nobody'), 0);
    const got = [];
    const publishing = setInterval(() => other.publish('loop', got.length), 5);
    for await (const { channel, message } of redis.messages('loop')) {
      got.push([channel, message]);
      if (got.length === 3) break;
    }
    clearInterval(publishing);
    assert.equal(got.length, 3);
    assert.equal(await other.publish('loop', 'over'), 0);
    await other.quit();
  },

  async 'a client that is killed comes back, with its subscriptions'() {
    const other = await connect(url);
    const victim = await connect(url, { name: 'victim' });
    victim.on('error', () => {});
    const heard = new Promise((resolve) => { victim.subscribe('back', resolve); });
    await victim.ping();
    const blocked = victim.blpop('nothing', 0);
    const lost = assert.rejects(blocked, { code: 'ECONNRESET' });
    const ready = new Promise((resolve) => { victim.once('ready', resolve); });
    await other.client('KILL', 'ID', (await idOf(other, 'victim')));
    await lost;
    const later = victim.set('later', 1);
    await ready;
    assert.equal(await later, 'OK');
    while (await other.publish('back', 'again') === 0);
    assert.equal(await heard, 'again');
    await Promise.all([victim.quit(), other.quit()]);
  },

  async 'databases are apart'() {
    const other = await connect(url, { db: 3 });
    assert.equal(await other.get('a'), null);
    await other.quit();
  },
};

async function idOf(client, name) {
  const lines = (await client.client('LIST')).split('\n');
  return /id=(\d+)/.exec(lines.find((line) => line.includes(`name=${name} `)))[1];
}

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
  } catch (error) {
    console.error(name);
    throw error;
  }
}
const last = redis.incr('n');
assert.equal(await redis.quit(), 'OK');
await last;
console.log('done');
