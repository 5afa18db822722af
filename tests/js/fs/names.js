// Files get other names, links and copies; permissions, times and lengths change.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'fs-names-')));
try {
  const at = (name) => join(folder, name);
  const { COPYFILE_EXCL, COPYFILE_FICLONE } = fs.constants;
  fs.writeFileSync(at('one'), 'content', { mode: 0o640 });

  fs.renameSync(at('one'), at('two'));
  assert.deepEqual(fs.readdirSync(folder), ['two']);
  await promises.link(at('two'), at('hard'));
  assert.equal(fs.statSync(at('two')).nlink, 2);
  fs.symlinkSync('two', at('soft'));
  assert.equal(fs.readlinkSync(at('soft')), 'two');
  assert.equal((await promises.readlink(at('soft'), 'buffer')).toString(), 'two');
  assert.equal(fs.realpathSync(at('soft')), at('two'));
  assert.equal(await promises.realpath(at('soft')), at('two'));
  assert.equal(fs.realpathSync.native(at('soft'), 'hex'), Buffer.from(at('two')).toString('hex'));
  assert.throws(() => fs.readlinkSync(at('two')), { code: 'EINVAL', syscall: 'readlink' });

  fs.copyFileSync(at('two'), at('copy'));
  assert.equal(fs.readFileSync(at('copy'), 'utf8'), 'content');
  assert.equal(fs.statSync(at('copy')).mode & 0o777, 0o640);
  assert.throws(() => fs.copyFileSync(at('two'), at('copy'), COPYFILE_EXCL), { code: 'EEXIST', syscall: 'copyfile' });
  fs.writeFileSync(at('long'), 'much longer than the other one');
  await promises.copyFile(at('two'), at('long'), COPYFILE_FICLONE);
  assert.equal(fs.readFileSync(at('long'), 'utf8'), 'content');
  // A copy onto itself loses nothing.
  fs.copyFileSync(at('two'), at('hard'));
  assert.equal(fs.readFileSync(at('two'), 'utf8'), 'content');

  fs.chmodSync(at('two'), '600');
  assert.equal(fs.statSync(at('two')).mode & 0o777, 0o600);
  fs.truncateSync(at('two'), 4);
  assert.equal(fs.readFileSync(at('two'), 'utf8'), 'cont');
  await promises.truncate(at('two'), 6);
  assert.equal(fs.readFileSync(at('two'), 'latin1'), 'cont\0\0');
  fs.truncateSync(at('two'));
  assert.equal(fs.statSync(at('two')).size, 0);
  fs.utimesSync(at('soft'), '10', 20);
  fs.lutimesSync(at('soft'), 30, new Date(40_000));
  assert.deepEqual([fs.statSync(at('two')).atimeMs, fs.statSync(at('two')).mtimeMs], [10_000, 20_000]);
  assert.equal(fs.lstatSync(at('soft')).mtimeMs, 40_000);
  const { uid, gid } = fs.statSync(at('two'));
  fs.chownSync(at('two'), uid, gid);
  fs.lchownSync(at('soft'), uid, gid);
  await promises.unlink(at('soft'));
  assert.equal(fs.existsSync(at('soft')), false);
} finally {
  fs.rmSync(folder, { recursive: true });
}
