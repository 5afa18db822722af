// Numbers by their names, and names by their numbers.
import assert from 'assert';
import zlib, { codes, constants } from 'zlib';

assert.strictEqual(constants.Z_BEST_COMPRESSION, 9);
assert.strictEqual(constants.Z_MAX_CHUNK, Infinity);
assert.strictEqual(constants.BROTLI_PARAM_SIZE_HINT, 5);
assert.strictEqual(zlib.constants, constants);
assert(Object.isFrozen(codes));
assert.strictEqual(codes.Z_DATA_ERROR, -3);
assert.strictEqual(codes['-3'], 'Z_DATA_ERROR');
assert.strictEqual(codes[1], 'Z_STREAM_END');
