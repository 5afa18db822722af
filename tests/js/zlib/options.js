// Options out of range, or of another type, are named; those in range do what they say.
import assert from 'assert';
import zlib from 'zlib';

const { constants: c } = zlib;
const range = (name, must, given) => ({
  name: 'RangeError',
  code: 'ERR_OUT_OF_RANGE',
  message: `The value of "options.${name}" is out of range. It must be ${must}. Received ${given}`,
});

for (const [name, wrong, must, call = zlib.deflateSync] of [
  ['windowBits', 7, '>= 8 and <= 15'],
  ['windowBits', 8, '>= 9 and <= 15', zlib.gzipSync],
  ['windowBits', 0, '>= 8 and <= 15'],
  ['level', 10, '>= -1 and <= 9'],
  ['level', Infinity, 'a finite number'],
  ['memLevel', 0, '>= 1 and <= 9'],
  ['strategy', 5, '>= 0 and <= 4'],
  ['chunkSize', 63, '>= 64'],
  ['flush', 7, '>= 0 and <= 5'],
  ['finishFlush', -1, '>= 0 and <= 5'],
  ['flush', 4, '>= 0 and <= 3', zlib.brotliCompressSync],
]) {
  assert.throws(() => call('a', { [name]: wrong }), range(name, must, wrong));
}
const type = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
assert.throws(() => zlib.deflateSync('a', { level: '1' }), {
  ...type,
  message: `The "options.level" property must be of type number. Received type string ('1')`,
});
assert.throws(() => zlib.deflateSync('a', { dictionary: 'x' }), type);
for (const wrong of [1, undefined, {}]) assert.throws(() => zlib.gzipSync(wrong), type);
assert.throws(() => zlib.gzip('a'), type);
assert.throws(() => zlib.gzip('a', {}), type);

// What is no object, or not a number, is as if it was not given.
for (const nothing of [5, null, 'x', { level: NaN }]) {
  assert.strictEqual(zlib.inflateSync(zlib.deflateSync('a', nothing)).toString(), 'a');
}

const text = Buffer.from('hello, hello, hello, good morning. '.repeat(200));
const sizes = [0, 1, 9].map((level) => zlib.deflateSync(text, { level }).length);
assert(sizes[0] > text.length && sizes[1] < sizes[0] && sizes[2] <= sizes[1]);
for (const strategy of [0, 1, 2, 3, 4]) {
  for (const memLevel of [1, 9]) {
    for (const windowBits of [9, 15]) {
      const packed = zlib.gzipSync(text, { strategy, memLevel, windowBits });
      assert.deepStrictEqual(zlib.gunzipSync(packed, { windowBits: 0 }), text);
    }
  }
}
const huffman = zlib.deflateSync(text, { strategy: c.Z_HUFFMAN_ONLY });
assert(huffman.length > zlib.deflateSync(text).length * 2);
assert.deepStrictEqual(zlib.inflateRawSync(zlib.deflateRawSync(text, { windowBits: 8 })), text);

const wrongParam = (name) => ({
  name: 'RangeError',
  code: 'ERR_BROTLI_INVALID_PARAM',
  message: `${name} is not a valid Brotli parameter`,
});
assert.throws(() => zlib.brotliCompressSync('a', { params: { 10000: 0 } }), wrongParam('10000'));
assert.throws(() => zlib.brotliCompressSync('a', { params: { foo: 0 } }), wrongParam('foo'));
const noNumber = { params: { [c.BROTLI_PARAM_QUALITY]: '1' } };
assert.throws(() => zlib.brotliCompressSync('a', noNumber), type);
const failed = { code: 'ERR_ZLIB_INITIALIZATION_FAILED', message: 'Initialization failed' };
const literal = { params: { [c.BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING]: 3 } };
assert.throws(() => zlib.brotliCompressSync('a', literal), failed);
const fast = zlib.brotliCompressSync(text, { params: { [c.BROTLI_PARAM_QUALITY]: 0 } });
const best = zlib.brotliCompressSync(text, {
  params: { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_MODE]: c.BROTLI_MODE_TEXT },
});
assert(best.length < fast.length);
assert.deepStrictEqual(zlib.brotliDecompressSync(best), text);
