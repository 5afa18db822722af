// A stream of damaged bytes ends with an error; one that is cut off too.
import assert from 'assert';
import zlib from 'zlib';

function failure(stream, ...chunks) {
  return new Promise((resolve, reject) => {
    stream.on('error', resolve);
    stream.on('end', () => reject(new Error('it ended')));
    stream.resume();
    for (const chunk of chunks) stream.write(chunk);
    stream.end();
  });
}

const packed = zlib.gzipSync('hello, hello, hello');
const data = await failure(zlib.createGunzip(), 'this is not compressed');
assert.deepStrictEqual([data.code, data.errno], ['Z_DATA_ERROR', -3]);
const cut = await failure(zlib.createGunzip(), packed.subarray(0, 5), packed.subarray(5, 15));
assert.deepStrictEqual([cut.code, cut.message], ['Z_BUF_ERROR', 'unexpected end of file']);
const nothing = await failure(zlib.createInflate());
assert.strictEqual(nothing.code, 'Z_BUF_ERROR');
const brotli = await failure(zlib.createBrotliDecompress(), Buffer.from('ffffffffff', 'hex'));
assert.match(brotli.code, /^ERR_/);

// Options are checked at once, and classes need `new` or a function that makes them.
assert.throws(() => zlib.createGzip({ level: 99 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => new zlib.Inflate({ chunkSize: 1 }), { code: 'ERR_OUT_OF_RANGE' });

// One that is closed says so, and writes nothing any more.
const closed = zlib.createGzip();
await new Promise((resolve) => closed.close(resolve));
assert(closed.destroyed);
const late = await new Promise((resolve) => {
  closed.on('error', () => {});
  closed.write('x', resolve);
});
assert.strictEqual(late.code, 'ERR_STREAM_DESTROYED');
