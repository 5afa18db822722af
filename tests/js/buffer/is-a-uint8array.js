// A Buffer is a Uint8Array whose parts are Buffers of the same memory.
import assert from 'assert';
import { Buffer as Same } from 'buffer';

const buffer = Buffer.from('hello');
assert.equal(Same, Buffer);
assert.ok(buffer instanceof Uint8Array && buffer instanceof Buffer && Buffer.isBuffer(buffer));
assert.equal(Buffer.isBuffer(new Uint8Array(1)), false);
const part = buffer.slice(1, -1);
part[0] = 0x45;
assert.equal(buffer.toString(), 'hEllo');
assert.ok(Buffer.isBuffer(buffer.map((byte) => byte)));
assert.equal(JSON.stringify(Buffer.from('ab')), '{"type":"Buffer","data":[97,98]}');
assert.deepEqual(Buffer.from('a'), Buffer.from('a'));
assert.throws(() => assert.deepStrictEqual(Buffer.from('a'), new Uint8Array([97])));
assert.equal(Buffer(3).length, 3);
assert.equal(new Buffer('a', 'utf8').toString(), 'a');
