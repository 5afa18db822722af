// encodeInto writes into shared memory too, and no further than whole characters.
import assert from 'assert';

const memory = new SharedArrayBuffer(8);
const view = new Uint8Array(memory, 2, 4);
assert.deepStrictEqual(new TextEncoder().encodeInto('hé€', view), { read: 2, written: 3 });
assert.deepStrictEqual([...new Uint8Array(memory)], [0, 0, 104, 195, 169, 0, 0, 0]);
assert.throws(() => new TextEncoder().encodeInto('x', new Uint16Array(2)), {
  code: 'ERR_INVALID_ARG_TYPE',
  message: 'The "dest" argument must be an instance of Uint8Array. '
    + 'Received an instance of Uint16Array',
});
