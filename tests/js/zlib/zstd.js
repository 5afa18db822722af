// Zstandard: parameters, frames that follow each other, and what is wrong with bytes.
import assert from 'assert';
import zlib from 'zlib';

const { constants: c } = zlib;
const text = Buffer.from('hello, hello, good morning, hello. '.repeat(500));

const fast = zlib.zstdCompressSync(text, { params: { [c.ZSTD_c_compressionLevel]: 1 } });
const best = zlib.zstdCompressSync(text, { params: { [c.ZSTD_c_compressionLevel]: 19 } });
assert(best.length <= fast.length);
for (const packed of [fast, best]) assert(zlib.zstdDecompressSync(packed).equals(text));
const checked = zlib.zstdCompressSync(text, { params: { [c.ZSTD_c_checksumFlag]: true } });
const plain = zlib.zstdCompressSync(text);
assert.strictEqual(checked.length, plain.length + 4);

const frames = Buffer.concat([zlib.zstdCompressSync('abc'), zlib.zstdCompressSync('def')]);
assert.strictEqual(zlib.zstdDecompressSync(frames).toString(), 'abcdef');

const dictionary = Buffer.from('good morning, hello, '.repeat(20));
const small = zlib.zstdCompressSync('good morning, hello', { dictionary });
assert(small.length < zlib.zstdCompressSync('good morning, hello').length);
assert.strictEqual(zlib.zstdDecompressSync(small, { dictionary }).toString(), 'good morning, hello');

checked[checked.length - 1] ^= 1;
assert.throws(() => zlib.zstdDecompressSync(checked), { code: 'ZSTD_error_checksum_wrong' });
assert.throws(() => zlib.zstdDecompressSync(Buffer.from('hello there')), {
  code: 'ZSTD_error_prefix_unknown', errno: -10,
});
for (let length = 0; length < plain.length; length += 5) {
  assert.throws(() => zlib.zstdDecompressSync(plain.subarray(0, length)), {
    code: 'Z_BUF_ERROR', message: 'unexpected end of file',
  });
}
const narrow = { params: { [c.ZSTD_d_windowLogMax]: 10 } };
const wide = zlib.createZstdCompress({ params: { [c.ZSTD_c_windowLog]: 20 } });
const parts = [];
wide.on('data', (part) => parts.push(part));
wide.write(text);
wide.end(Buffer.alloc(2 << 20));
await new Promise((resolve) => wide.on('end', resolve));
assert.throws(() => zlib.zstdDecompressSync(Buffer.concat(parts), narrow), {
  code: 'ZSTD_error_frameParameter_windowTooLarge',
});

for (const [params, code] of [
  [{ 10000: 0 }, 'ERR_ZSTD_INVALID_PARAM'],
  [{ [c.ZSTD_c_strategy]: 130 }, 'ERR_ZLIB_INITIALIZATION_FAILED'],
  [{ [c.ZSTD_c_compressionLevel]: '1' }, 'ERR_INVALID_ARG_TYPE'],
  [{ [c.ZSTD_c_nbWorkers]: 2 }, 'ERR_ZLIB_INITIALIZATION_FAILED'],
]) {
  assert.throws(() => zlib.zstdCompressSync('a', { params }), { code });
  assert.throws(() => zlib.createZstdCompress({ params }), { code });
}
assert.throws(() => zlib.zstdCompressSync('a', { pledgedSrcSize: -1 }), { code: 'ERR_OUT_OF_RANGE' });
const pledged = zlib.createZstdCompress({ pledgedSrcSize: 2 });
pledged.resume();
pledged.write('abc');
pledged.end();
const broken = await new Promise((resolve) => pledged.on('error', resolve));
assert.strictEqual(broken.code, 'ZSTD_error_srcSize_wrong');
assert(zlib.zstdDecompressSync(zlib.zstdCompressSync('abc', { pledgedSrcSize: 3 })).equals(Buffer.from('abc')));
