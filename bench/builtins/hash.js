// SHA-256 of 100 MiB, in pieces of 1 MiB.
import { createHash } from 'node:crypto';

const hash = createHash('sha256');
const piece = Buffer.alloc(1 << 20, 'krandog');
for (let n = 0; n < 100; n += 1) hash.update(piece);
if (hash.digest('hex').length !== 64) throw new Error('no hash');
