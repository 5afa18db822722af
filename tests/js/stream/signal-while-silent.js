// A signal ends the methods of iterators also while nothing comes.
import assert from 'assert';
import { Readable } from 'stream';

for (const begin of [
  (source, options) => source.toArray(options),
  (source, options) => source.forEach(() => {}, options),
  (source, options) => source.reduce(() => {}, 0, options),
]) {
  const controller = new AbortController();
  const source = new Readable({ read() {} });
  const waiting = begin(source, { signal: controller.signal });
  setImmediate(() => controller.abort());
  await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR' });
  assert.ok(source.destroyed);
}
