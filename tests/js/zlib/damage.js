// Truncated, damaged and foreign bytes have the codes of zlib.
import assert from 'assert';
import zlib from 'zlib';

const { constants: c } = zlib;
const abc = zlib.gzipSync('abc');
const dictionary = Buffer.from('abc');

function damaged(bytes, at) {
  const other = Buffer.from(bytes);
  other[at < 0 ? other.length + at : at] ^= 1;
  return other;
}

function fails(run, code, errno, message) {
  assert.throws(run, (error) => {
    assert.deepStrictEqual([error.code, error.errno, error.message], [code, errno, message]);
    assert(error instanceof Error);
    return true;
  });
}

const data = (run, message) => fails(run, 'Z_DATA_ERROR', -3, message);
const cut = (run) => fails(run, 'Z_BUF_ERROR', -5, 'unexpected end of file');

data(() => zlib.gunzipSync('hello there'), 'incorrect header check');
data(() => zlib.inflateSync('hello there'), 'incorrect header check');
data(() => zlib.unzipSync('hello there'), 'incorrect header check');
data(() => zlib.inflateRawSync('hello there'), 'invalid stored block lengths');
data(() => zlib.gunzipSync(damaged(abc, -6)), 'incorrect data check');
data(() => zlib.gunzipSync(damaged(abc, -2)), 'incorrect length check');

for (const name of ['gunzip', 'inflate', 'inflateRaw', 'unzip', 'brotliDecompress']) {
  cut(() => zlib[`${name}Sync`](Buffer.alloc(0)));
}
for (let length = 1; length < abc.length; length++) {
  cut(() => zlib.gunzipSync(abc.subarray(0, length)));
}
const brotli = zlib.brotliCompressSync('hello, hello, hello');
for (let length = 1; length < brotli.length; length++) {
  cut(() => zlib.brotliDecompressSync(brotli.subarray(0, length)));
}

// Unless that is what is asked for.
const half = abc.subarray(0, abc.length - 3);
assert.strictEqual(zlib.gunzipSync(half, { finishFlush: c.Z_SYNC_FLUSH }).toString(), 'abc');

const packed = zlib.deflateSync('abcabc', { dictionary });
fails(() => zlib.inflateSync(packed), 'Z_NEED_DICT', 2, 'Missing dictionary');
const other = { dictionary: Buffer.from('abd') };
fails(() => zlib.inflateSync(packed, other), 'Z_NEED_DICT', 2, 'Bad dictionary');
assert.strictEqual(zlib.inflateSync(packed, { dictionary }).toString(), 'abcabc');
const raw = zlib.deflateRawSync('abcabc', { dictionary });
assert.strictEqual(zlib.inflateRawSync(raw, { dictionary }).toString(), 'abcabc');

assert.throws(() => zlib.brotliDecompressSync(Buffer.from('ffffffffff', 'hex')), (error) => (
  /^ERR__ERROR_/.test(error.code) && error.message === 'Decompression failed'
));

// The same by way of a callback.
for (const bytes of ['hello there', abc.subarray(0, 5)]) {
  const error = await new Promise((resolve) => zlib.gunzip(bytes, resolve));
  assert(['Z_DATA_ERROR', 'Z_BUF_ERROR'].includes(error.code));
}
