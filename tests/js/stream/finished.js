// `finished` tells once how a stream has ended.
import assert from 'assert';
import { PassThrough, Readable, finished } from 'stream';
import { finished as promised } from 'stream/promises';

const whole = new PassThrough();
whole.resume();
whole.end('x');
await promised(whole);

const cut = new Readable({ read() {} });
const waiting = promised(cut);
cut.destroy();
await assert.rejects(waiting, { code: 'ERR_STREAM_PREMATURE_CLOSE' });

const failed = new Readable({ read() {} });
await new Promise((resolve) => {
  finished(failed, (error) => {
    assert.equal(error.message, 'no');
    resolve();
  });
  failed.destroy(new Error('no'));
});

const controller = new AbortController();
const aborted = promised(new Readable({ read() {} }), { signal: controller.signal });
controller.abort();
await assert.rejects(aborted, { name: 'AbortError' });
assert.throws(() => finished({}, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
