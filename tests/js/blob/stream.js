// stream() yields the bytes of a Blob, and of a slice of one.
import assert from 'assert';

const gather = async (blob) => {
  const bytes = [];
  for await (const chunk of blob.stream()) {
    assert.ok(chunk instanceof Uint8Array);
    bytes.push(...chunk);
  }
  return String.fromCharCode(...bytes);
};
const blob = new Blob(['0123', '456789']);
assert.strictEqual(await gather(blob), '0123456789');
assert.strictEqual(await gather(blob.slice(2, -2)), '234567');
assert.strictEqual(await gather(new Blob()), '');
assert.notStrictEqual(blob.stream(), blob.stream());
assert.throws(() => Blob.prototype.stream.call({}), { code: 'ERR_INVALID_THIS' });

const large = new Blob(['x'.repeat(300_000)]);
let total = 0;
for await (const chunk of large.stream()) total += chunk.length;
assert.strictEqual(total, 300_000);

const reader = blob.stream().getReader({ mode: 'byob' });
const { value } = await reader.read(new Uint8Array(4));
assert.strictEqual(String.fromCharCode(...value), '0123');
