// Members of gzip that follow each other are one, and what stands behind them is padding or wrong.
import assert from 'assert';
import zlib from 'zlib';

const abc = zlib.gzipSync('abc');
const def = zlib.gzipSync('def');
const magic = Buffer.from([0x1f, 0x8b, 0xff, 0xff]);
const read = (...parts) => zlib.gunzipSync(Buffer.concat(parts)).toString();

assert.strictEqual(read(abc, def), 'abcdef');
assert.strictEqual(read(abc, def, Buffer.alloc(10)), 'abcdef');
assert.strictEqual(zlib.unzipSync(Buffer.concat([abc, def])).toString(), 'abcdef');
const unknown = { code: 'Z_DATA_ERROR', message: 'unknown compression method' };
assert.throws(() => read(abc, def, magic, Buffer.alloc(10)), unknown);
assert.throws(() => read(abc, def, magic), unknown);
const incorrect = { code: 'Z_DATA_ERROR', message: 'incorrect header check' };
assert.throws(() => read(abc, Buffer.from('xyz')), incorrect);
assert.throws(() => read(abc, def.subarray(0, 8)), { code: 'Z_BUF_ERROR' });

// Other formats have one end, and what follows it is none of theirs.
const behind = Buffer.from('behind');
const after = (name, packed) => zlib[name](Buffer.concat([packed, behind])).toString();
assert.strictEqual(after('inflateSync', zlib.deflateSync('abc')), 'abc');
assert.strictEqual(after('inflateRawSync', zlib.deflateRawSync('abc')), 'abc');
assert.strictEqual(after('unzipSync', zlib.deflateSync('abc')), 'abc');
assert.strictEqual(after('brotliDecompressSync', zlib.brotliCompressSync('abc')), 'abc');
