// Frames: made for each opcode, asked for what they are, and put into bytes and back.

import assert from 'assert';
import { Frame, FrameDecoder, OPCODE } from 'krandog:frame';

const data = new Uint8Array([1, 2, 3]);
const frames = [
  Frame.text('hello'), Frame.binary(data), Frame.close(1001, 'enough'), Frame.ping('?'), Frame.pong('!'),
  Frame.continuation('rest'),
];
const kinds = ({ isText, isBinary, isClose, isPing, isPong, isControl }) => {
  return [isText, isBinary, isClose, isPing, isPong, isControl].map(Number).join('');
};
assert.deepStrictEqual(frames.map(kinds), ['100000', '010000', '001001', '000101', '000011', '000000']);
assert.deepStrictEqual(frames.map(({ opcode }) => opcode), [1, 2, 8, 9, 10, 0]);

assert.strictEqual(frames[0].payloadText, 'hello');
assert.strictEqual(new Frame({ opcode: OPCODE.TEXT }).payloadText, '');
assert.deepStrictEqual(frames[1].payload, data);
assert.strictEqual(frames[1].payload.length, 3);
assert.deepStrictEqual([frames[2].closeCode, frames[2].closeReason], [1001, 'enough']);
assert.strictEqual(frames[0].closeCode, 1005);
assert.strictEqual(Frame.close().closeCode, 1005);
assert.deepStrictEqual([frames[0].fin, frames[0].masked], [true, false]);

// A client masks, a server does not.
const first = new Frame({ opcode: 1, payload: 'two ', fin: false });
for (const [side, mask] of [['client', false], ['server', true]]) {
  const decoder = new FrameDecoder();
  const bytes = [first, Frame.continuation('parts')].map((frame) => frame.encode({ mask }));
  const decoded = bytes.flatMap((part) => decoder.push(part));
  assert.deepStrictEqual(
    decoded.map(({ payloadText, fin, masked }) => [payloadText, fin, masked]),
    [['two ', false, mask], ['parts', true, mask]],
    side,
  );
}
