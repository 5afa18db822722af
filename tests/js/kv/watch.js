// Who watches a key or a prefix is told of changes, each once and in their order.
import assert from 'assert';
import { Kv } from 'krandog:kv';

const kv = new Kv();
const seen = [];
const stop = kv.watch({ prefix: 'user:' }, (change) => seen.push(change));
const one = kv.watch('user:1');

const version = await kv.set('user:1', { name: 'Ada' });
await kv.set('other', 1);
await kv.delete('user:2');
await kv.atomic().set('user:2', 2).delete('user:1').commit();
assert.deepStrictEqual(seen.map(({ type, key, value }) => [type, key, value]), [
  ['set', 'user:1', { name: 'Ada' }], ['set', 'user:2', 2], ['delete', 'user:1', undefined],
]);
assert.strictEqual(seen[0].version, version);
assert.deepStrictEqual(await one.next(), {
  done: false, value: { type: 'set', key: 'user:1', value: { name: 'Ada' }, version },
});
const second = await one.next();
assert.strictEqual(second.value.type, 'delete');
const third = one.next();
await kv.set('user:1', 3);
assert.strictEqual((await third).value.value, 3);

stop();
await kv.set('user:3', 3);
assert.strictEqual(seen.length, 4);

// A loop ends with `break`, and with the end of it all.
await kv.set('user:1', 4);
for await (const { value } of one) {
  assert.strictEqual(value, 4);
  break;
}
assert.deepStrictEqual(await one.next(), { done: true, value: undefined });
const rest = kv.watch({ prefix: '' });
const last = rest.next();
await kv.close();
assert.deepStrictEqual(await last, { done: true, value: undefined });

// Changes that nobody asks for are not kept without end.
const busy = new Kv();
const slow = busy.watch({ prefix: 'k' });
const write = () => {
  const all = busy.atomic();
  for (let index = 0; index < 600; index++) all.set(`k${index}`, index);
  return all.commit();
};
await write();
await write();
await assert.rejects(slow.next(), { code: 'ERR_KV_WATCH_OVERFLOW' });
assert.throws(() => busy.watch(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => busy.watch('a', 5), { code: 'ERR_INVALID_ARG_TYPE' });
await busy.close();
