// watch of fs/promises: changes for `for await`, until a signal ends it.
import assert from 'assert';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { watch } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = mkdtempSync(join(tmpdir(), 'fs-watch-for-'));
try {
  const controller = new AbortController();
  const changes = watch(folder, { signal: controller.signal });
  const first = changes.next();
  writeFileSync(join(folder, 'file'), '');
  assert.deepEqual(await first, { value: { eventType: 'rename', filename: 'file' }, done: false });
  appendFileSync(join(folder, 'file'), 'more');
  await assert.rejects(async () => {
    for await (const { filename } of changes) {
      assert.equal(filename, 'file');
      controller.abort();
    }
  }, { name: 'AbortError', code: 'ABORT_ERR' });

  // It begins when somebody waits, and ends when nobody does any more.
  const others = watch(folder);
  const next = others.next();
  writeFileSync(join(folder, 'other'), '');
  assert.equal((await next).value.filename, 'other');
  assert.deepEqual(await others.return(), { value: undefined, done: true });
} finally {
  rmSync(folder, { recursive: true });
}
