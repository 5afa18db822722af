// `maxOutputLength` ends what grows beyond it, before it has grown.
import assert from 'assert';
import zlib from 'zlib';

const zeros = Buffer.alloc(10 << 20);
const bombs = {
  gunzip: zlib.gzipSync(zeros),
  inflate: zlib.deflateSync(zeros),
  inflateRaw: zlib.deflateRawSync(zeros),
  brotliDecompress: zlib.brotliCompressSync(zeros, { params: { 1: 3 } }),
};
if (zlib.zstdCompressSync) bombs.zstdDecompress = zlib.zstdCompressSync(zeros);
for (const [name, bomb] of Object.entries(bombs)) {
  for (const most of [1, 100, 65_536, 1_000_000]) {
    const wrong = {
      name: 'RangeError',
      code: 'ERR_BUFFER_TOO_LARGE',
      message: `Cannot create a Buffer larger than ${most} bytes`,
    };
    assert.throws(() => zlib[`${name}Sync`](bomb, { maxOutputLength: most }), wrong);
    const error = await new Promise((resolve) => {
      zlib[name](bomb, { maxOutputLength: most }, resolve);
    });
    assert.strictEqual(error.code, wrong.code);
  }
  const whole = zlib[`${name}Sync`](bomb, { maxOutputLength: zeros.length });
  assert.strictEqual(whole.length, zeros.length);
}
assert.throws(() => zlib.deflateSync('a'.repeat(1000), { maxOutputLength: 3 }), {
  code: 'ERR_BUFFER_TOO_LARGE',
});
