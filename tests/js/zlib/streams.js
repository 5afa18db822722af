// Streams of each format, in pieces of any size, and through pipelines.
import assert from 'assert';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import zlib from 'zlib';

const text = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index % 77}\n`).join(''));

async function collect(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

function pieces(bytes, size) {
  const all = [];
  for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
  return Readable.from(all);
}

const pairs = [
  ['Gzip', 'Gunzip'], ['Deflate', 'Inflate'], ['DeflateRaw', 'InflateRaw'], ['Gzip', 'Unzip'],
  ['Deflate', 'Unzip'], ['BrotliCompress', 'BrotliDecompress'],
];
if (zlib.createZstdCompress) pairs.push(['ZstdCompress', 'ZstdDecompress']);
for (const [compress, decompress] of pairs) {
  const options = compress === 'BrotliCompress' ? { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } } : {};
  const packer = zlib[`create${compress}`](options);
  assert(packer instanceof zlib[compress], compress);
  const packed = await collect(pieces(text, 10_007).pipe(packer));
  assert.strictEqual(packer.bytesWritten, text.length);
  assert(packed.length < text.length / 4);
  for (const size of [1, 1000, 1 << 20]) {
    const unpacker = new zlib[decompress]({ chunkSize: 4096 });
    if (size === 1 && packed.length > 5000) continue;
    const plain = await collect(pieces(packed, size).pipe(unpacker));
    assert(plain.equals(text), `${decompress} in ${size}`);
  }
  const parts = [];
  await pipeline(pieces(text, 300), zlib[`create${compress}`](options), zlib[`create${decompress}`](), async (all) => {
    for await (const part of all) parts.push(part);
  });
  assert(Buffer.concat(parts).equals(text));
}

// Members of gzip, split anywhere.
const members = Buffer.concat([zlib.gzipSync('abc'), zlib.gzipSync('def'), Buffer.alloc(5)]);
for (let at = 1; at < members.length; at++) {
  const stream = zlib.createGunzip();
  stream.write(members.subarray(0, at));
  stream.end(members.subarray(at));
  assert.strictEqual((await collect(stream)).toString(), 'abcdef');
}
