// A copy goes on from what its original has seen; a digest ends a hash.
import assert from 'assert';
import { createHash } from 'crypto';

const one = createHash('sha1').update('a');
const two = one.copy();
assert.equal(one.digest('hex'), createHash('sha1').update('a').digest('hex'));
assert.equal(two.update('b').digest('hex'), createHash('sha1').update('ab').digest('hex'));
for (const late of [() => one.update('c'), () => one.digest(), () => one.copy()]) {
  assert.throws(late, { code: 'ERR_CRYPTO_HASH_FINALIZED', message: 'Digest already called' });
}
