// The fields of a frame, its opcodes, and the short forms for the usual ones.

import assert from 'assert';
import { CLOSE_CODE, Frame, FrameDecoder, OPCODE } from 'krandog:frame';

const { fin, rsv1, rsv2, rsv3, opcode, masked, maskKey, payload } = Frame.text('Hello');
assert.deepStrictEqual(
  [fin, rsv1, rsv2, rsv3, opcode, masked, maskKey, payload],
  [true, false, false, false, OPCODE.TEXT, false, null, new TextEncoder().encode('Hello')],
);
// RFC 6455 5.7.
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
assert.strictEqual(hex(Frame.text('Hello').encode()), '810548656c6c6f');
const key = new Uint8Array([0x37, 0xfa, 0x21, 0x3d]);
const sent = Frame.text('Hello').encode({ mask: key });
assert.strictEqual(hex(sent), '818537fa213d7f9f4d5158');
const [read] = new FrameDecoder().push(sent);
assert.deepStrictEqual([read.masked, read.maskKey, read.payloadText], [true, key, 'Hello']);

assert.strictEqual(hex(Frame.binary(new Uint8Array([1, 2])).encode()), '82020102');
assert.strictEqual(hex(Frame.ping('heartbeat').encode()).slice(0, 4), '8909');
assert.strictEqual(hex(Frame.pong().encode()), '8a00');
assert.strictEqual(hex(Frame.close(CLOSE_CODE.NORMAL, 'Goodbye').encode()), '880903e8476f6f64627965');
const part = new Frame({ opcode: OPCODE.BINARY, payload: 'x', fin: false, rsv1: true });
assert.strictEqual(hex(part.encode()), '420178');
assert.deepStrictEqual(Object.values(OPCODE), [0x0, 0x1, 0x2, 0x8, 0x9, 0xa]);
