// A Frame says what it is, and encodes as RFC 6455 5.7 has it.

import assert from 'assert';
import frames, { CLOSE_CODE, Frame, OPCODE } from 'krandog:frame';

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

assert.strictEqual(frames.Frame, Frame);
assert.strictEqual(hex(Frame.text('Hello').encode()), '810548656c6c6f');
const key = new Uint8Array([0x37, 0xfa, 0x21, 0x3d]);
assert.strictEqual(hex(Frame.text('Hello').encode({ mask: key })), '818537fa213d7f9f4d5158');
assert.strictEqual(hex(Frame.text('Hel', { fin: false }).encode()), '010348656c');
assert.strictEqual(hex(Frame.continuation('lo').encode()), '80026c6f');
assert.strictEqual(hex(Frame.ping('Hello').encode()), '890548656c6c6f');
assert.strictEqual(hex(Frame.pong().encode()), '8a00');
assert.strictEqual(hex(Frame.binary(new Uint8Array(256)).encode().subarray(0, 4)), '827e0100');
assert.strictEqual(hex(Frame.binary(new ArrayBuffer(65536)).encode().subarray(0, 10)), '827f0000000000010000');
assert.strictEqual(hex(Frame.close(1000, 'bye').encode()), '880503e8627965');
assert.strictEqual(hex(Frame.close().encode()), '8800');

// A random key each time.
const masked = [1, 2].map(() => Frame.text('x').encode({ mask: true }));
assert(masked.every((bytes) => bytes.length === 7 && bytes[1] === 0x81));
assert.notStrictEqual(hex(masked[0].subarray(2, 6)), hex(masked[1].subarray(2, 6)));
const keyed = new Frame({ opcode: 1, payload: 'Hello', maskKey: key });
assert.deepStrictEqual([keyed.masked, hex(keyed.encode()), hex(keyed.encode({ mask: false }))],
  [true, '818537fa213d7f9f4d5158', '810548656c6c6f']);

const kinds = ['Continuation', 'Text', 'Binary', 'Close', 'Ping', 'Pong'];
const made = [
  Frame.continuation(), Frame.text(), Frame.binary(), Frame.close(), Frame.ping(), Frame.pong(),
];
for (const [at, frame] of made.entries()) {
  assert.deepStrictEqual(kinds.map((kind) => frame[`is${kind}`]), kinds.map((_, other) => other === at));
  assert.deepStrictEqual([frame.isControl, frame.isData], [at > 2, at < 3]);
  assert.strictEqual(frame.opcode, OPCODE[kinds[at].toUpperCase()]);
  assert.strictEqual(frame.name, kinds[at].toLowerCase());
  assert.deepStrictEqual([frame.fin, frame.rsv1, frame.masked], [true, false, false]);
}

assert.strictEqual(Frame.text('grüße').payloadText, 'grüße');
assert.strictEqual(Frame.text('\ufeffx').payloadText, '\ufeffx');
assert.strictEqual(Frame.binary(new Uint8Array([0xff])).payloadText, '\ufffd');
assert.deepStrictEqual([Frame.close(4000, 'ü').closeCode, Frame.close(4000, 'ü').closeReason], [4000, 'ü']);
assert.strictEqual(Frame.close().closeCode, CLOSE_CODE.NO_STATUS);
assert.strictEqual(Frame.text('ab').closeCode, CLOSE_CODE.NO_STATUS);
// A peer can be tested with what is wrong.
const wrong = new Frame({ opcode: 3, fin: false, rsv1: true, rsv2: true, rsv3: true });
assert.deepStrictEqual([hex(wrong.encode()), wrong.name], ['7300', 'reserved']);

// The payload is a copy.
const bytes = new Uint8Array([1]);
const copy = Frame.binary(bytes);
bytes[0] = 2;
assert.strictEqual(copy.payload[0], 1);

for (const [make, error] of [
  [() => new Frame({ opcode: 16 }), { name: 'RangeError', message: /from 0 to 15, not 16/ }],
  [() => new Frame({ opcode: '1' }), { name: 'RangeError' }],
  [() => new Frame({ opcode: 1, Fin: true }), { code: 'ERR_INVALID_ARG_VALUE', message: /unknown option Fin/ }],
  [() => new Frame(1), { code: 'ERR_INVALID_ARG_TYPE' }],
  [() => Frame.binary({}), { code: 'ERR_INVALID_ARG_TYPE', message: /"payload" argument/ }],
  [() => Frame.close(70000), { name: 'RangeError' }],
  [() => Frame.text('x').encode({ mask: new Uint8Array(3) }), { message: /true, false or 4 bytes/ }],
  [() => Frame.text('x').encode({ masked: true }), { message: /unknown option masked/ }],
]) assert.throws(make, error);
