// Numbers are written and read in either order of their bytes.
import assert from 'assert';

const buffer = Buffer.alloc(8);
const sizes = { UInt8: 1, Int8: 1, UInt16LE: 2, Int16BE: 2, UInt32BE: 4, Int32LE: 4, FloatLE: 4, DoubleBE: 8 };
for (const [name, size] of Object.entries(sizes)) {
  const value = name.startsWith('U') ? 200 : -100;
  assert.equal(buffer[`write${name}`](value, 0), size, name);
  assert.equal(buffer[`read${name}`](0), value, name);
}
assert.equal(buffer.writeUIntBE(0x123456789abc, 1, 6), 7);
assert.equal(buffer.toString('hex', 1, 7), '123456789abc');
assert.equal(buffer.readIntLE(1, 3), 0x563412);
buffer.writeBigUInt64LE(2n ** 64n - 2n);
assert.equal(buffer.readBigInt64LE(), -2n);
assert.equal(buffer.readUint8, buffer.readUInt8);

const outOfRange = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' };
assert.throws(() => buffer.writeUInt8(256), { ...outOfRange, message: /">?value" is out of range. It must be >= 0 and <= 255. Received 256/ });
assert.throws(() => buffer.readUInt32LE(5), { ...outOfRange, message: /"offset".*>= 0 and <= 4. Received 5/ });
assert.throws(() => buffer.readUInt8(1.5), { ...outOfRange, message: /an integer/ });
assert.throws(() => buffer.readUInt8('1'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => Buffer.alloc(1).readUInt16LE(0), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
assert.throws(() => buffer.writeUIntBE(1, 0, 7), outOfRange);
