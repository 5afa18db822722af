// cp copies whole folders: links, times, a filter, and what it refuses.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { promisify } from 'util';

const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'fs-cp-')));
try {
  const at = (...parts) => join(folder, ...parts);
  fs.mkdirSync(at('src', 'sub'), { recursive: true });
  fs.writeFileSync(at('src', 'a.txt'), 'a');
  fs.writeFileSync(at('src', 'sub', 'b.md'), 'b');
  fs.symlinkSync('a.txt', at('src', 'link'));
  fs.utimesSync(at('src', 'a.txt'), 1000, 2000);
  const listed = (name) => fs.readdirSync(at(name), { recursive: true }).sort();
  const all = ['a.txt', 'link', 'sub', 'sub/b.md'];

  assert.equal(fs.cpSync(at('src'), at('one', 'deep'), { recursive: true }), undefined);
  assert.deepEqual(listed('one/deep'), all);
  assert.equal(fs.readlinkSync(at('one', 'deep', 'link')), at('src', 'a.txt'));
  await promises.cp(at('src'), at('two'), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  assert.deepEqual(listed('two'), all);
  assert.equal(fs.readlinkSync(at('two', 'link')), 'a.txt');
  assert.equal(fs.statSync(at('two', 'a.txt')).mtimeMs, 2_000_000);
  await promisify(fs.cp)(at('src'), at('three'), { recursive: true, dereference: true });
  assert(fs.lstatSync(at('three', 'link')).isFile());

  const asked = [];
  fs.cpSync(at('src'), at('some'), {
    recursive: true,
    filter: (src, dest) => {
      asked.push([basename(src), basename(dest)]);
      return !src.endsWith('.md');
    },
  });
  assert.deepEqual(listed('some'), ['a.txt', 'link', 'sub']);
  assert.deepEqual(asked[0], ['src', 'some']);
  await promises.cp(at('src'), at('few'), { recursive: true, filter: async (src) => !src.endsWith('sub') });
  assert.deepEqual(listed('few'), ['a.txt', 'link']);

  fs.writeFileSync(at('two', 'a.txt'), 'changed');
  fs.cpSync(at('src', 'a.txt'), at('two', 'a.txt'), { force: false });
  assert.equal(fs.readFileSync(at('two', 'a.txt'), 'utf8'), 'changed');
  fs.cpSync(at('src', 'a.txt'), at('two', 'a.txt'));
  assert.equal(fs.readFileSync(at('two', 'a.txt'), 'utf8'), 'a');

  const refused = async (src, dest, options, wanted) => {
    assert.throws(() => fs.cpSync(at(src), at(dest), options), { name: 'SystemError', syscall: 'cp', ...wanted });
    await assert.rejects(promises.cp(at(src), at(dest), options), wanted);
  };
  await refused('src', 'x', {}, { code: 'ERR_FS_EISDIR' });
  await refused('src/a.txt', 'src/a.txt', {}, { code: 'ERR_FS_CP_EINVAL' });
  await refused('src', 'src/sub/x', { recursive: true }, { code: 'ERR_FS_CP_EINVAL' });
  await refused('src/a.txt', 'two', {}, { code: 'ERR_FS_CP_NON_DIR_TO_DIR' });
  await refused('src', 'two/a.txt', { recursive: true }, { code: 'ERR_FS_CP_DIR_TO_NON_DIR' });
  await refused('src/a.txt', 'two/a.txt', { force: false, errorOnExist: true }, {
    code: 'ERR_FS_CP_EEXIST', path: at('two', 'a.txt'),
  });
  assert.throws(() => fs.cpSync(at('gone'), at('x')), { code: 'ENOENT' });
} finally {
  fs.rmSync(folder, { recursive: true });
}
