// Secrets are compared in a time that does not depend on them.
import assert from 'assert';
import { timingSafeEqual } from 'crypto';

assert.equal(timingSafeEqual(Buffer.from('abc'), Buffer.from('abc')), true);
assert.equal(timingSafeEqual(Buffer.from('abc'), new Uint8Array([97, 98, 100])), false);
assert.throws(() => timingSafeEqual(Buffer.from('a'), Buffer.from('ab')), {
  name: 'RangeError',
  code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
});
assert.throws(() => timingSafeEqual('a', 'a'), { code: 'ERR_INVALID_ARG_TYPE' });
