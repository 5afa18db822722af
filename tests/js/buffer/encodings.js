// Text comes and goes in seven encodings, whose names may be written in other ways.
import assert from 'assert';

const round = (hex, encoding) => Buffer.from(hex, 'hex').toString(encoding);
assert.equal(round('68c3a9', 'utf8'), 'h\u00e9');
assert.equal(round('68c3', 'utf-8'), 'h\ufffd');
assert.equal(round('6800e900', 'UCS-2'), 'h\u00e9');
assert.equal(round('68e9', 'binary'), 'h\u00e9');
assert.equal(round('68e9', 'ascii'), 'hi');
assert.equal(round('fbff', 'base64'), '+/8=');
assert.equal(round('fbff', 'base64url'), '-_8');
assert.equal(Buffer.from('-_8', 'base64').toString('hex'), 'fbff');
assert.equal(Buffer.from(' Y W\nJj=d', 'base64').toString(), 'abc');
assert.equal(Buffer.from('abcxyz', 'hex').length, 1);
assert.throws(() => Buffer.from('a', 'utf9'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.deepEqual(['utf8', 'HEX', 'utf9', 5].map(Buffer.isEncoding), [true, true, false, false]);
assert.equal(Buffer.byteLength('\u65e5'), 3);
assert.equal(Buffer.byteLength('YQ==', 'base64'), 1);
