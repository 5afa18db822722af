// Opcodes, close codes, states and the sizes of buffers, by name.

import assert from 'assert';
import { CLOSE_CODE, LIMITS, OPCODE } from 'krandog:frame';

const { CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG } = OPCODE;
assert.deepStrictEqual([CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG], [0, 1, 2, 8, 9, 10]);
assert.deepStrictEqual([
  CLOSE_CODE.NORMAL, CLOSE_CODE.GOING_AWAY, CLOSE_CODE.PROTOCOL_ERROR, CLOSE_CODE.UNSUPPORTED,
  CLOSE_CODE.NO_STATUS, CLOSE_CODE.ABNORMAL, CLOSE_CODE.INVALID_DATA, CLOSE_CODE.POLICY_VIOLATION,
  CLOSE_CODE.MESSAGE_TOO_BIG, CLOSE_CODE.EXTENSION_REQUIRED, CLOSE_CODE.INTERNAL_ERROR,
], [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011]);
assert.deepStrictEqual(
  [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED],
  [0, 1, 2, 3],
);
// The largest message, the head of an opening handshake, a read, and what may wait to be sent.
for (const name of ['SERVER_MAX_PAYLOAD', 'REQUEST_HEAD_MAX', 'READ_BUFFER', 'SERVER_MAX_BACKPRESSURE']) {
  assert(Number.isSafeInteger(LIMITS[name]) && LIMITS[name] > 4096, name);
}
