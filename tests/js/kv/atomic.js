// Several writes happen together or not at all, and only if the checks are right.
import assert from 'assert';
import { Kv } from 'krandog:kv';

const kv = new Kv();
const created = await kv.atomic().check('a', null).set('a', 1).set('b', 2).commit();
assert.strictEqual(created.ok, true);
assert.strictEqual((await kv.entry('a')).version, created.version);
assert.strictEqual((await kv.entry('b')).version, created.version);

const again = await kv.atomic().check('a', null).set('a', 5).delete('b').commit();
assert.deepStrictEqual(again, { ok: false, version: null, deleted: 0 });
assert.strictEqual(await kv.get('a'), 1);
assert.strictEqual(await kv.get('b'), 2);

const next = await kv.atomic().check('a', created.version).set('a', 6).delete('b').commit();
assert(next.version > created.version);
assert.strictEqual(next.deleted, 1);
assert.deepStrictEqual([await kv.get('a'), await kv.get('b')], [6, undefined]);
assert.strictEqual((await kv.atomic().check('a', created.version).delete('a').commit()).ok, false);
assert.strictEqual(await kv.get('a'), 6);

// The short form.
assert.strictEqual(await kv.set('a', 7, { ifVersion: created.version }), null);
const version = await kv.set('a', 7, { ifVersion: next.version });
assert(version > next.version);
assert.strictEqual(await kv.delete('a', { ifVersion: next.version }), false);
assert.strictEqual(await kv.delete('a', { ifVersion: version }), true);
assert.strictEqual(await kv.set('new', 1, { ifVersion: null }) > version, true);
assert.strictEqual(await kv.set('new', 2, { ifVersion: null }), null);

// Of many that count up at once each loses to another until it has its turn.
async function countUp() {
  for (;;) {
    const entry = await kv.entry('count');
    const { ok } = await kv.atomic()
      .check('count', entry?.version ?? null)
      .set('count', (entry?.value ?? 0) + 1)
      .commit();
    if (ok) return;
  }
}
await Promise.all(Array.from({ length: 20 }, countUp));
assert.strictEqual(await kv.get('count'), 20);

const large = kv.atomic();
for (let index = 0; index < 1000; index++) large.set(`k${index}`, index);
assert.throws(() => large.set('one more', 1), { code: 'ERR_OUT_OF_RANGE' });
assert.strictEqual((await large.commit()).ok, true);
assert.throws(() => kv.atomic().check('a', '1'), { code: 'ERR_INVALID_ARG_TYPE' });
await kv.close();
