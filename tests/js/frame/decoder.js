// A FrameDecoder takes bytes as they come, and says what is wrong with them.

import assert from 'assert';
import { Frame, FrameDecoder } from 'krandog:frame';

const sent = [
  Frame.text('frag', { fin: false }), Frame.ping('p'), Frame.continuation('ment'),
  Frame.binary(new Uint8Array(300).fill(5)), Frame.close(1000, 'bye'),
];
for (const mask of [true, false]) {
  const stream = sent.flatMap((frame) => [...frame.encode({ mask })]);
  for (const size of [1, 7, 100, stream.length]) {
    const decoder = new FrameDecoder({ masked: mask });
    const frames = [];
    for (let at = 0; at < stream.length; at += size) {
      frames.push(...decoder.push(new Uint8Array(stream.slice(at, at + size))));
    }
    assert.strictEqual(frames.length, sent.length);
    for (const [at, frame] of frames.entries()) {
      assert(frame instanceof Frame);
      const { opcode, fin, payload } = sent[at];
      assert.deepStrictEqual([frame.opcode, frame.fin, frame.payload, frame.masked], [opcode, fin, payload, mask]);
    }
    assert.strictEqual(frames[4].closeReason, 'bye');
    // What was decoded encodes to the same bytes.
    assert.deepStrictEqual(frames.flatMap((frame) => [...frame.encode()]), stream);
  }
}

const large = Frame.binary(new Uint8Array(70000).fill(5));
const [decoded] = new FrameDecoder().push(large.encode({ mask: true }));
assert.deepStrictEqual(decoded.payload, large.payload);

for (const [options, bytes, closeCode, message] of [
  [{}, [0x83, 0], 1002, /reserved opcode 0x3/],
  [{}, [0xa1, 0], 1002, /reserved bits/],
  [{}, [0xc1, 0], 1002, /reserved bits/],
  [{}, [0x80, 0], 1002, /without a message to continue/],
  [{}, [0x09, 0], 1002, /fragmented/],
  [{}, [0x89, 126], 1002, /exceeds 125/],
  [{}, [0x82, 126, 0, 125], 1002, /shortest form/],
  [{ masked: true }, [0x81, 0], 1002, /not masked/],
  [{ masked: false }, [0x81, 0x80, 0, 0, 0, 0], 1002, /is masked/],
  [{ maxPayload: 3 }, [0x81, 4], 1009, /message of 4 bytes exceeds 3/],
]) {
  const decoder = new FrameDecoder(options);
  const whole = Frame.pong('before').encode({ mask: options.masked === true });
  const fault = { code: 'ERR_WEBSOCKET_FRAME', closeCode, message };
  if (options.maxPayload) assert.throws(() => decoder.push(new Uint8Array(bytes)), fault);
  else {
    assert.throws(() => decoder.push(new Uint8Array([...whole, ...bytes])), (error) => {
      assert.deepStrictEqual(error.frames.map((frame) => frame.payloadText), ['before']);
      return error.closeCode === closeCode && message.test(error.message);
    });
  }
  assert.throws(() => decoder.push(whole), fault);
}
assert.strictEqual(new FrameDecoder({ rsv1: true }).push(new Uint8Array([0xc1, 0]))[0].rsv1, true);
assert.deepStrictEqual(new FrameDecoder().push(new ArrayBuffer(0)), []);

assert.throws(() => new FrameDecoder({ mask: true }), { message: /unknown option mask / });
assert.throws(() => new FrameDecoder().push('text'), { code: 'ERR_INVALID_ARG_TYPE', message: /"bytes" argument/ });
