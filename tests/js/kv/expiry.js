// An entry with a time to live is gone when that is over, for all who read or check.
import assert from 'assert';
import { Kv } from 'krandog:kv';

const kv = new Kv();
const { now } = Date;
let time = now();
Date.now = () => time;

const version = await kv.set('short', 1, { ttl: 1000 });
await kv.set('long', 2, { ttl: 100_000 });
await kv.set('ever', 3);
assert.strictEqual((await kv.entry('short')).expires, time + 1000);
assert.strictEqual(await kv.get('short'), 1);

time += 1000;
assert.strictEqual(await kv.get('short'), undefined);
assert.strictEqual(await kv.has('short'), false);
const keys = [];
for await (const { key } of kv.list()) keys.push(key);
assert.deepStrictEqual(keys, ['ever', 'long']);
assert.strictEqual(await kv.delete('short'), false);
assert.strictEqual(await kv.set('short', 5, { ifVersion: version }), null);
assert.notStrictEqual(await kv.set('short', 5, { ifVersion: null }), null);
assert.strictEqual(await kv.get('short'), 5);

// Written again without one, it stays.
await kv.set('long', 2);
time += 1e9;
assert.strictEqual(await kv.get('long'), 2);

for (const wrong of [0, -1, NaN, Infinity]) {
  await assert.rejects(kv.set('x', 1, { ttl: wrong }), { code: 'ERR_OUT_OF_RANGE' });
}
await assert.rejects(kv.set('x', 1, { ttl: '1' }), { code: 'ERR_INVALID_ARG_TYPE' });
Date.now = now;
await kv.close();
