// For compression.py: has standard input go through the stream that the argument names.

import { pipeline } from 'stream/promises';
import { Readable } from 'stream';
import zlib from 'zlib';

const parts = [];
await pipeline(Readable.from(process.stdin), zlib[`create${process.argv[2]}`](), async (all) => {
  for await (const part of all) parts.push(part);
});
console.log(Buffer.concat(parts).toString('base64'));
