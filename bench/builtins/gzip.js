// gzip of a file: gzip.js FILE.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const packed = gzipSync(readFileSync(process.argv[2]));
if (packed.length < 1 << 20) throw new Error('too small');
