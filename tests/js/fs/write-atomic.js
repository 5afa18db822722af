// `atomic`: the new content is there whole, or the old one is; nothing else is left in the folder.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-atomic-'));
try {
  const file = join(folder, 'file');
  fs.writeFileSync(file, 'new', { atomic: true, mode: 0o640 });
  assert.equal(fs.readFileSync(file, 'utf8'), 'new');
  fs.chmodSync(file, 0o751);
  const { ino } = fs.statSync(file);
  await promises.writeFile(file, Buffer.from('newer'), { atomic: true });
  const stats = fs.statSync(file);
  assert.notEqual(stats.ino, ino);
  assert.equal(stats.mode & 0o777, 0o751);
  await promisify(fs.writeFile)(file, 'called', { atomic: true, encoding: 'utf8' });
  assert.equal(fs.readFileSync(file, 'utf8'), 'called');

  // An open file keeps what it had.
  const fd = fs.openSync(file);
  fs.writeFileSync(file, 'x'.repeat(100_000), { atomic: true });
  assert.equal(fs.readFileSync(fd, 'utf8'), 'called');
  fs.closeSync(fd);

  // What a link leads to is replaced, and not the link.
  fs.symlinkSync('file', join(folder, 'link'));
  fs.writeFileSync(join(folder, 'link'), 'through', { atomic: true });
  assert(fs.lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.equal(fs.readFileSync(file, 'utf8'), 'through');

  // Of a failure, nothing is left.
  fs.mkdirSync(join(folder, 'sub'));
  assert.throws(() => fs.writeFileSync(join(folder, 'sub'), 'x', { atomic: true }), {
    code: 'EISDIR', syscall: 'open', path: join(folder, 'sub'),
  });
  const controller = new AbortController();
  const written = promises.writeFile(file, 'y'.repeat(2 ** 22), { atomic: true, signal: controller.signal });
  controller.abort();
  await assert.rejects(written, { name: 'AbortError' });
  await assert.rejects(promises.writeFile(join(folder, 'no', 'x'), '', { atomic: true }), { code: 'ENOENT' });
  assert.equal(fs.readFileSync(file, 'utf8'), 'through');
  assert.deepEqual(fs.readdirSync(folder), ['file', 'link', 'sub']);

  const wrong = { code: 'ERR_INVALID_ARG_VALUE' };
  assert.throws(() => fs.writeFileSync(file, '', { atomic: true, flag: 'a' }), wrong);
  assert.throws(() => fs.writeFileSync(1, '', { atomic: true }), wrong);
  assert.throws(() => fs.writeFileSync(file, '', { atomic: 'yes' }), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => fs.writeFileSync('/dev/null', '', { atomic: true }), { code: 'EINVAL' });
} finally {
  fs.rmSync(folder, { recursive: true });
}
