// What is left at the end is shown as it is, and what cannot go on is not waited for.
import assert from 'assert';
import { StringDecoder } from 'string_decoder';

const decoder = new StringDecoder('UTF-8');
assert.equal(decoder.encoding, 'utf8');
assert.equal(decoder.write(Buffer.from([0xe2, 0x82])), '');
assert.deepEqual([decoder.lastNeed, decoder.lastTotal], [1, 3]);
assert.equal(decoder.end(), '\ufffd');
assert.equal(decoder.write(Buffer.from([0xe2, 0x61])), '\ufffda');
assert.equal(decoder.end(Buffer.from([0xc3])), '\ufffd');
assert.throws(() => new StringDecoder('utf9'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.throws(() => decoder.write(5), { code: 'ERR_INVALID_ARG_TYPE' });
