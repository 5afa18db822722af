// `flush` has all come out that was written; `params` changes the level in between; `reset` begins anew.
import assert from 'assert';
import zlib from 'zlib';

const { constants: c } = zlib;

// Each flush is followed by what can be read of it.
for (const [compress, decompress] of [
  ['createGzip', 'createGunzip'], ['createDeflate', 'createInflate'],
  ['createBrotliCompress', 'createBrotliDecompress'],
]) {
  const packer = zlib[compress]();
  const unpacker = zlib[decompress]();
  packer.pipe(unpacker);
  let seen = '';
  let wanted;
  unpacker.on('data', (part) => {
    seen += part;
    wanted?.();
  });
  for (const line of ['one\n', 'two\n', 'three\n']) {
    const before = seen;
    packer.write(line);
    const read = new Promise((resolve) => {
      wanted = () => seen === before + line && resolve();
    });
    await new Promise((resolve) => packer.flush(resolve));
    await read;
  }
  packer.end();
  await new Promise((resolve) => unpacker.on('end', resolve));
  assert.strictEqual(seen, 'one\ntwo\nthree\n');
}

const text = 'a'.repeat(10_000) + 'b'.repeat(10_000) + 'c'.repeat(10_000);
for (const [create, unpack] of [
  ['createDeflate', 'inflateSync'], ['createGzip', 'gunzipSync'],
  ['createDeflateRaw', 'inflateRawSync'],
]) {
  const stream = zlib[create]({ level: 9 });
  const parts = [];
  stream.on('data', (part) => parts.push(part));
  const ended = new Promise((resolve) => stream.on('end', resolve));
  stream.write(text.slice(0, 10_000));
  await new Promise((resolve) => stream.params(0, c.Z_DEFAULT_STRATEGY, resolve));
  stream.write(text.slice(10_000, 20_000));
  await new Promise((resolve) => stream.params(6, c.Z_HUFFMAN_ONLY, resolve));
  stream.end(text.slice(20_000));
  await ended;
  const packed = Buffer.concat(parts);
  assert(packed.length > 11_000 && packed.length < 13_000, `${create}: ${packed.length} bytes`);
  assert.strictEqual(zlib[unpack](packed).toString(), text);
}
const deflate = zlib.createDeflate();
assert.throws(() => deflate.params(11, 0), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => deflate.params(1, 9), { code: 'ERR_OUT_OF_RANGE' });

const again = zlib.createDeflate();
again.resume();
again.write('forgotten');
await new Promise((resolve) => again.flush(resolve));
again.reset();
const rest = [];
again.on('data', (part) => rest.push(part));
again.end('kept');
await new Promise((resolve) => again.on('end', resolve));
assert.strictEqual(zlib.inflateSync(Buffer.concat(rest)).toString(), 'kept');
