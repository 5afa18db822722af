// What stat, lstat and fstat tell of a file, also as BigInts.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-stats-'));
try {
  const file = join(folder, 'file');
  const link = join(folder, 'link');
  fs.writeFileSync(file, 'x'.repeat(5000), { mode: 0o600 });
  fs.utimesSync(file, 1_000_000_000.25, 1_234_567_890.5);
  fs.symlinkSync('file', link);

  const stats = fs.statSync(file);
  assert(stats instanceof fs.Stats);
  assert.equal(stats.size, 5000);
  assert.equal(stats.mode, 0o100600);
  assert.equal(stats.nlink, 1);
  assert.equal(stats.atimeMs, 1_000_000_000_250);
  assert.equal(stats.mtimeMs, 1_234_567_890_500);
  assert.deepEqual(stats.mtime, new Date(1_234_567_890_500));
  assert(stats.birthtimeMs > 1.6e12 && stats.ctime.getTime() > 1.6e12);
  assert.deepEqual(
    ['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO', 'isSocket', 'isBlockDevice', 'isCharacterDevice']
      .map((name) => stats[name]()),
    [true, false, false, false, false, false, false],
  );
  assert(fs.statSync(folder).isDirectory());
  assert(fs.statSync('/dev/null').isCharacterDevice());
  assert(fs.statSync(link).isFile());
  assert(fs.lstatSync(link).isSymbolicLink());
  assert.equal((await promises.lstat(link)).size, 4);
  assert.equal((await promises.stat(link)).ino, stats.ino);

  const big = fs.statSync(file, { bigint: true });
  assert.equal(typeof big.ino, 'bigint');
  assert.equal(big.size, 5000n);
  assert.equal(big.mtimeMs, 1_234_567_890_500n);
  assert.equal(big.mtimeNs, 1_234_567_890_500_000_000n);
  assert.equal(big.atimeNs, 1_000_000_000_250_000_000n);
  assert(big.isFile());
  assert.deepEqual(big.mtime, stats.mtime);
  assert.equal((await promises.stat(file, { bigint: true })).size, 5000n);

  assert.equal(fs.statSync(`${file}2`, { throwIfNoEntry: false }), undefined);
  assert.equal(fs.lstatSync(`${file}2`, { throwIfNoEntry: false }), undefined);
  assert.throws(() => fs.statSync(join(file, 'x'), { throwIfNoEntry: false }), { code: 'ENOTDIR' });

  assert.deepEqual(Object.keys(stats).slice(0, 14), [
    'dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks', 'atimeMs', 'mtimeMs',
    'ctimeMs', 'birthtimeMs',
  ]);
  const system = fs.statfsSync(folder);
  assert.deepEqual(Object.keys(system), ['type', 'bsize', 'blocks', 'bfree', 'bavail', 'files', 'ffree']);
  assert(system.bsize > 0 && system.blocks >= system.bfree);
  assert.equal(typeof (await promises.statfs(folder, { bigint: true })).bsize, 'bigint');

  assert.equal(fs.existsSync(file), true);
  assert.equal(fs.existsSync(`${file}2`), false);
  assert.equal(await new Promise((resolve) => { fs.exists(link, resolve); }), true);
  fs.accessSync(file, fs.constants.R_OK | fs.constants.W_OK);
  if (process.getuid?.() !== 0) assert.throws(() => fs.accessSync('/root/x'), { syscall: 'access' });
} finally {
  fs.rmSync(folder, { recursive: true });
}
