// What scrypt would need is looked at before it is asked for, all parts of it.

import assert from 'assert';
import { scryptSync } from 'crypto';

const refused = { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' };
for (const options of [{ N: 2, r: 8, p: 2 ** 24 }, { N: 2, r: 8, p: 2 ** 29 }, { N: 2 ** 15 }]) {
  assert.throws(() => scryptSync('a', 'b', 10, options), refused);
}
assert.strictEqual(scryptSync('a', 'b', 10, { N: 2 ** 15, maxmem: 64 * 2 ** 20 }).length, 10);
