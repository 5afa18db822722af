// The constants of the module, which cannot be changed.

import assert from 'assert';
import { CLOSE_CODE, LIMITS, OPCODE } from 'krandog:frame';

assert.deepStrictEqual({ ...OPCODE }, { CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 });
assert.deepStrictEqual(
  Object.values(CLOSE_CODE),
  [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015],
);
assert.strictEqual(LIMITS.SERVER_MAX_PAYLOAD, 2 ** 20);
assert.strictEqual(LIMITS.CONTROL_PAYLOAD_MAX, 125);
assert.strictEqual(LIMITS.PING_INTERVAL_MS, 25_000);
assert(Object.values(LIMITS).every((limit) => Number.isInteger(limit) && limit > 0));
for (const constants of [OPCODE, CLOSE_CODE, LIMITS]) {
  assert.throws(() => {
    constants.NEW = 1;
  }, TypeError);
}
