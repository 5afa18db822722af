// A FrameEncoder refuses what no peer would take.

import assert from 'assert';
import { Frame, FrameDecoder, FrameEncoder } from 'krandog:frame';

const encoder = new FrameEncoder();
const refuses = (frame, message) => assert.throws(
  () => encoder.encode(frame),
  { code: 'ERR_WEBSOCKET_FRAME', message },
);

refuses(Frame.continuation('x'), /no message to continue/);
refuses(Frame.ping('x'.repeat(126)), /at most 125 bytes, not 126/);
refuses(new Frame({ opcode: 9, fin: false }), /not fragmented/);
refuses(new Frame({ opcode: 5 }), /opcode 5 is reserved/);
refuses(new Frame({ opcode: 1, rsv2: true }), /rsv2 and rsv3/);
refuses(new Frame({ opcode: 1, payload: new Uint8Array([0xff]) }), /not UTF-8/);
encoder.encode(Frame.text('be', { fin: false }));
refuses(Frame.binary('x'), /has not ended/);
encoder.encode(Frame.ping());
encoder.encode(Frame.continuation('gun'));
encoder.encode(Frame.binary(new Uint8Array([0xff])));
encoder.encode(Frame.close(1000));
refuses(Frame.ping(), /nothing follows a Close frame/);

const masking = new FrameEncoder({ mask: true });
const [frame] = new FrameDecoder({ masked: true }).push(masking.encode(Frame.text('x')));
assert.deepStrictEqual([frame.masked, frame.payloadText], [true, 'x']);
assert.throws(() => new FrameEncoder({ masked: true }), { message: /unknown option masked / });
assert.throws(() => encoder.encode({ opcode: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
