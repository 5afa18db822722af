// Buffer.from takes text, bytes, arrays and what becomes one of these.
import assert from 'assert';

const hex = (...given) => Buffer.from(...given).toString('hex');
assert.equal(hex('h\u00e9'), '68c3a9');
assert.equal(hex('\ud800'), 'efbfbd');
assert.equal(hex([1, 256, -1, 2.9, 'x']), '0100ff0200');
assert.equal(hex(new Uint8Array([1, 2])), '0102');
assert.equal(hex(new Uint16Array([1, 515])), '0103');
assert.equal(hex({ type: 'Buffer', data: [5] }), '05');
assert.equal(hex(new String('a')), '61');
assert.equal(hex({ [Symbol.toPrimitive]: () => 'b' }), '62');

const memory = new ArrayBuffer(4);
const view = Buffer.from(memory, 1, 2);
view.fill(7);
assert.deepEqual([...new Uint8Array(memory)], [0, 7, 7, 0]);
assert.throws(() => Buffer.from(memory, 5), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
for (const wrong of [5, null, undefined, {}, true, () => {}]) {
  assert.throws(() => Buffer.from(wrong), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
}
