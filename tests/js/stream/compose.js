// Streams and functions in a row are one Duplex.
import assert from 'assert';
import { PassThrough, Readable, Transform, Writable, compose } from 'stream';

const upper = () => new Transform({
  transform(chunk, encoding, callback) {
    callback(null, `${chunk}`.toUpperCase());
  },
});
async function* twice(source) {
  for await (const chunk of source) yield `${chunk}${chunk}`;
}

const composed = compose(upper(), twice);
composed.end('ab');
assert.equal((await composed.toArray()).join(), 'ABAB');
assert.equal((await Readable.from(['x', 'y']).compose(upper()).toArray()).join(''), 'XY');

const failing = compose(upper(), new PassThrough());
failing.on('error', (error) => assert.equal(error.message, 'over'));
failing.destroy(new Error('over'));
assert.throws(() => compose(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => compose(new Writable({ write() {} }), new PassThrough()), {
  code: 'ERR_INVALID_ARG_VALUE',
});
