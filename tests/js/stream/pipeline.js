// A pipeline of streams, generators and a function, and what it does when one of them fails.
import assert from 'assert';
import { PassThrough, Readable, Writable, pipeline } from 'stream';
import { pipeline as promised } from 'stream/promises';

const joined = await promised(
  Readable.from(['a', 'b', 'c']),
  new PassThrough({ objectMode: true }),
  async function* twice(source) {
    for await (const chunk of source) yield chunk + chunk;
  },
  async (source) => {
    let text = '';
    for await (const chunk of source) text += chunk;
    return text;
  },
);
assert.equal(joined, 'aabbcc');

const source = new Readable({ read() {} });
const destination = new Writable({ write() {} });
const failure = new Error('over');
await new Promise((resolve) => {
  pipeline(source, destination, (error) => {
    assert.equal(error, failure);
    assert.ok(source.destroyed && destination.destroyed);
    resolve();
  });
  source.destroy(failure);
});

const controller = new AbortController();
const waiting = promised(new Readable({ read() {} }), new PassThrough(), new PassThrough(), {
  signal: controller.signal,
});
controller.abort();
await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR' });
assert.throws(() => pipeline(() => {}), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => pipeline(source), { code: 'ERR_INVALID_ARG_TYPE' });
