// What is compressed comes back, in each format, with and without a callback.
import assert from 'assert';
import zlib from 'zlib';

const pairs = [
  ['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'],
  ['brotliCompress', 'brotliDecompress'], ['gzip', 'unzip'], ['deflate', 'unzip'],
];
if (zlib.zstdCompress) pairs.push(['zstdCompress', 'zstdDecompress']);

const texts = ['', 'x', 'hello, hello, hello', 'é水🙂'.repeat(3000), 'line 1\n'.repeat(40_000)];

function later(name, ...given) {
  return new Promise((resolve, reject) => {
    zlib[name](...given, (error, made) => (error ? reject(error) : resolve(made)));
  });
}

for (const [compress, decompress] of pairs) {
  for (const text of texts) {
    const packed = zlib[`${compress}Sync`](text);
    assert(Buffer.isBuffer(packed));
    if (text.length > 1000) assert(packed.length < text.length / 10, compress);
    assert.strictEqual(zlib[`${decompress}Sync`](packed).toString(), text, compress);
    const packedLater = await later(compress, text);
    assert.strictEqual((await later(decompress, packedLater, {})).toString(), text, compress);
  }
}

// Bytes in any view.
const bytes = new Uint8Array(300).map((_, index) => index);
const packed = zlib.gzipSync(bytes.buffer);
assert.deepStrictEqual(new Uint8Array(zlib.gunzipSync(packed)), bytes);
const view = new DataView(bytes.buffer, 10, 20);
assert.deepStrictEqual(new Uint8Array(zlib.inflateSync(zlib.deflateSync(view))), bytes.slice(10, 30));
const words = new Uint16Array(bytes.buffer, 2, 5);
assert.strictEqual(zlib.inflateRawSync(zlib.deflateRawSync(words)).length, 10);

// A callback comes later, with the bytes as they were when it was called.
const changing = Buffer.from('before');
let called = false;
const done = new Promise((resolve) => {
  zlib.gzip(changing, (error, made) => {
    called = true;
    resolve(made);
  });
});
assert(!called);
changing.fill('x');
assert.strictEqual(zlib.gunzipSync(await done).toString(), 'before');

const { buffer, engine } = zlib.gzipSync('hello', { info: true });
assert.strictEqual(engine.bytesWritten, 5);
assert(engine instanceof zlib.Gzip);
assert.strictEqual(zlib.gunzipSync(buffer).toString(), 'hello');
