// Entries are set, read, listed and deleted.
import assert from 'assert';
import { Kv, openKv } from 'krandog:kv';

const kv = openKv();
assert(kv instanceof Kv);
assert.strictEqual(await kv.get('nothing'), undefined);
assert.strictEqual(await kv.has('nothing'), false);
const first = await kv.set('a', 'hello');
assert.strictEqual(await kv.get('a'), 'hello');
assert.strictEqual(await kv.has('a'), true);
assert.deepStrictEqual(await kv.entry('a'), { key: 'a', value: 'hello', version: first, expires: null });
assert(await kv.set('a', 'again') > first);
assert.strictEqual(await kv.get('a'), 'again');
assert.strictEqual(await kv.delete('a'), true);
assert.strictEqual(await kv.delete('a'), false);
assert.strictEqual(await kv.get('a'), undefined);

// Whatever can be cloned.
const shared = { n: 1 };
const value = {
  list: [1, 2.5, null, undefined, -0, 12n], map: new Map([['k', new Set([1])]]), date: new Date(5),
  bytes: new Uint8Array([1, 2]), text: 'é水\ud800', one: shared, two: shared,
};
await kv.set('value', value);
const read = await kv.get('value');
assert.deepStrictEqual(read, value);
assert.strictEqual(read.one, read.two);
assert.notStrictEqual(read, value);
for (const odd of [undefined, null, false, '', NaN]) {
  await kv.set('odd', odd);
  assert(Object.is(await kv.get('odd'), odd));
  assert(await kv.has('odd'));
}
assert.throws(() => kv.atomic().set('f', () => 1), { name: 'DataCloneError' });
await assert.rejects(kv.set('f', Symbol('x')), { name: 'DataCloneError' });
await assert.rejects(kv.set('f', new Blob(['x'])), { code: 'ERR_INVALID_ARG_VALUE' });

// What is written in one turn is one commit, in its order.
const versions = await Promise.all([kv.set('x', 1), kv.set('x', 2), kv.set('y', 3)]);
assert.deepStrictEqual(versions.toSorted((a, b) => a - b), versions);
assert.strictEqual(await kv.get('x'), 2);

// Keys and values have limits.
for (const [wrong, code] of [
  ['', 'ERR_OUT_OF_RANGE'], ['x'.repeat(2049), 'ERR_OUT_OF_RANGE'],
  ['é'.repeat(1025), 'ERR_OUT_OF_RANGE'], [5, 'ERR_INVALID_ARG_TYPE'],
  ['\ud800', 'ERR_INVALID_ARG_VALUE'],
]) {
  await assert.rejects(kv.get(wrong), { code });
  await assert.rejects(kv.set(wrong, 1), { code });
  await assert.rejects(kv.delete(wrong), { code });
}
await kv.set('x'.repeat(2048), 1);
await assert.rejects(kv.set('large', 'x'.repeat(5 << 20)), { code: 'ERR_OUT_OF_RANGE' });
await assert.rejects(kv.set('x', 1, { tll: 5 }), { message: /options.tll.*known: ttl, ifVersion/ });
const odd = 'null \0 byte';
await kv.set(odd, 1);
assert.strictEqual((await kv.entry(odd)).key, odd);
assert((await Array.fromAsync?.(kv.list()) ?? [{ key: odd }]).some(({ key }) => key === odd));

await kv.close();
await kv.close();
await assert.rejects(kv.get('a'), { code: 'ERR_INVALID_STATE' });
await assert.rejects(kv.set('a', 1), { code: 'ERR_INVALID_STATE' });
