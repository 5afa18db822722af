// What makes no sense is refused with the codes of Node.js.
import assert from 'assert';
import {
  Duplex, Readable, Writable, addAbortSignal, finished, setDefaultHighWaterMark,
} from 'stream';

const writable = () => new Writable({ write() {} });
const fails = (run, code) => assert.throws(run, { code });
fails(() => new Readable({ highWaterMark: -1 }), 'ERR_INVALID_ARG_VALUE');
fails(() => new Duplex({ readableHighWaterMark: 'x' }), 'ERR_INVALID_ARG_VALUE');
fails(() => writable().write(5), 'ERR_INVALID_ARG_TYPE');
fails(() => writable().write(null), 'ERR_STREAM_NULL_VALUES');
fails(() => writable().write('x', 'no such'), 'ERR_UNKNOWN_ENCODING');
fails(() => writable().setDefaultEncoding('no such'), 'ERR_UNKNOWN_ENCODING');
fails(() => new Writable().write('x'), 'ERR_METHOD_NOT_IMPLEMENTED');
fails(() => Readable.from(5), 'ERR_INVALID_ARG_TYPE');
fails(() => finished(writable()), 'ERR_INVALID_ARG_TYPE');
fails(() => addAbortSignal(1, writable()), 'ERR_INVALID_ARG_TYPE');
fails(() => setDefaultHighWaterMark(false, -1), 'ERR_OUT_OF_RANGE');

/** The code of the 'error' that this leads to. */
const emitted = (stream, run) => new Promise((resolve) => {
  stream.on('error', ({ code }) => resolve(code));
  run(stream);
});
assert.equal(await emitted(new Readable({ read() {} }), (stream) => {
  stream.push(null);
  stream.push('late');
}), 'ERR_STREAM_PUSH_AFTER_EOF');
assert.equal(await emitted(new Writable({ write() {} }), (stream) => {
  stream.end();
  stream.write('late');
}), 'ERR_STREAM_WRITE_AFTER_END');
const unread = await emitted(new Readable(), (stream) => stream.read());
assert.equal(unread, 'ERR_METHOD_NOT_IMPLEMENTED');
assert.equal(await emitted(writable(), (stream) => stream.pipe()), 'ERR_STREAM_CANNOT_PIPE');
const twice = new Writable({
  write(chunk, encoding, callback) {
    callback();
    callback();
  },
});
assert.equal(await emitted(twice, (stream) => stream.write('x')), 'ERR_MULTIPLE_CALLBACK');
