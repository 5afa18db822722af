// A hash that was the end of a pipe still says what it has come to, once.

import assert from 'assert';
import { createHash } from 'crypto';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';

const hash = createHash('sha256');
await pipeline(Readable.from(['krandog', ' runs']), hash);
const due = createHash('sha256').update('krandog runs').digest('hex');
assert.strictEqual(hash.digest('hex'), due);
assert.throws(() => hash.digest('hex'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
