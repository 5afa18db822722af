// A signal calls off what reads and writes whole files.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-abort-'));
try {
  const file = join(folder, 'file');
  fs.writeFileSync(file, Buffer.alloc(2 ** 20));
  const aborted = { name: 'AbortError', code: 'ABORT_ERR' };
  const signal = AbortSignal.abort();
  await assert.rejects(promises.readFile(file, { signal }), aborted);
  await assert.rejects(promises.writeFile(file, 'x', { signal }), aborted);
  assert.equal(fs.statSync(file).size, 2 ** 20);

  const controller = new AbortController();
  const reading = promises.readFile(file, { signal: controller.signal });
  const called = new Promise((resolve) => {
    fs.readFile(file, { signal: controller.signal }, (...all) => resolve(all));
  });
  controller.abort(new Error('enough'));
  await assert.rejects(reading, (error) => error.name === 'AbortError' && error.cause.message === 'enough');
  const [error, data] = await called;
  assert.equal(error.code, 'ABORT_ERR');
  assert.equal(data, undefined);

  // One that is never used changes nothing.
  const unused = new AbortController();
  assert.equal((await promises.readFile(file, { signal: unused.signal })).length, 2 ** 20);
} finally {
  fs.rmSync(folder, { recursive: true });
}
