// Lists go over a prefix or a range, either way, as far as a limit, and from a cursor on.
import assert from 'assert';
import { Kv } from 'krandog:kv';

const kv = new Kv();
const write = kv.atomic();
const numbers = Array.from({ length: 250 }, (_, index) => String(index).padStart(3, '0'));
for (const number of numbers) write.set(`n:${number}`, Number(number));
for (const key of ['m', 'n', 'n:', 'n;', 'o', 'é', '水', '🙂']) write.set(key, key);
await write.commit();

async function keys(options) {
  const all = [];
  for await (const { key } of kv.list(options)) all.push(key);
  return all;
}

assert.deepStrictEqual(await keys({ prefix: 'n:' }), ['n:', ...numbers.map((number) => `n:${number}`)]);
assert.strictEqual((await keys()).length, 258);
// The order is that of bytes.
assert.deepStrictEqual((await keys({ start: 'n;' })), ['n;', 'o', 'é', '水', '🙂']);
assert.deepStrictEqual(await keys({ start: 'n:100', end: 'n:103' }), ['n:100', 'n:101', 'n:102']);
assert.deepStrictEqual(await keys({ prefix: 'n:24', reverse: true, limit: 3 }), ['n:249', 'n:248', 'n:247']);
assert.deepStrictEqual(await keys({ end: 'n:001' }), ['m', 'n', 'n:', 'n:000']);
assert.deepStrictEqual(await keys({ prefix: 'nothing' }), []);
assert.deepStrictEqual(await keys({ limit: 0 }), []);
assert.strictEqual((await keys({ prefix: 'n:', limit: 101 })).length, 101);
assert.strictEqual((await keys({ prefix: 'n:', reverse: true })).at(-1), 'n:');

// Page by page.
for (const reverse of [false, true]) {
  const all = [];
  let cursor;
  do {
    const page = await kv.page({ prefix: 'n:', limit: 60, reverse, cursor });
    all.push(...page.entries);
    cursor = page.cursor;
  } while (cursor !== undefined);
  assert.strictEqual(all.length, 251);
  const sorted = all.map(({ key }) => key);
  assert.deepStrictEqual(sorted, await keys({ prefix: 'n:', reverse }));
}
assert.strictEqual((await kv.page()).entries.length, 100);

// Entries may come and go meanwhile.
const seen = [];
for await (const { key } of kv.list({ prefix: 'n:' })) {
  seen.push(key);
  await kv.delete(key);
}
assert.strictEqual(seen.length, 251);
assert.deepStrictEqual(await keys({ prefix: 'n:' }), []);

for (const wrong of [{ prefix: 1 }, { limit: -1 }, { reverse: 1 }, { prefix: 'a', start: 'b' }, { from: 1 }, 5]) {
  assert.throws(() => kv.list(wrong), { code: /ERR_/ });
}
await kv.close();
