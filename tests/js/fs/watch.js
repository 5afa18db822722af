// watch tells of changes of a file, and of files in a folder, until it is closed.
import assert from 'assert';
import fs from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-watch-'));
try {
  const file = join(folder, 'file');
  const seen = (watcher, type, name) => new Promise((resolve) => {
    watcher.on('change', function listen(...given) {
      if (given[0] !== type || String(given[1]) !== name) return;
      watcher.off('change', listen);
      resolve(given);
    });
  });

  let calls = 0;
  const watcher = fs.watch(folder, () => { calls += 1; });
  let told = seen(watcher, 'rename', 'file');
  fs.writeFileSync(file, 'one');
  assert.deepEqual(await told, ['rename', 'file']);
  told = seen(watcher, 'change', 'file');
  fs.appendFileSync(file, 'two');
  await told;
  assert(calls >= 2);

  const one = fs.watch(file, { encoding: 'buffer' });
  told = seen(one, 'change', 'file');
  fs.appendFileSync(file, 'three');
  assert(Buffer.isBuffer((await told)[1]));
  const closed = new Promise((resolve) => { one.once('close', resolve); });
  one.close();
  one.close();
  await closed;

  told = seen(watcher, 'rename', 'file');
  fs.unlinkSync(file);
  await told;

  // A signal closes it, too.
  const controller = new AbortController();
  const other = fs.watch(folder, { signal: controller.signal });
  const ended = new Promise((resolve) => { other.once('close', resolve); });
  controller.abort();
  await ended;
  // This one keeps nothing alive.
  fs.watch(folder, { persistent: false });
  fs.watch(folder).unref();
  watcher.close();
  assert.throws(() => fs.watch(join(folder, 'missing')), {
    code: 'ENOENT', syscall: 'watch', path: join(folder, 'missing'), filename: join(folder, 'missing'),
  });
} finally {
  fs.rmSync(folder, { recursive: true });
}
