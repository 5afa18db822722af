// Folders are made, with those around them, and listed, with all that is below.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';

const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'fs-folders-')));
try {
  const at = (...parts) => join(folder, ...parts);
  assert.equal(fs.mkdirSync(at('one')), undefined);
  assert.throws(() => fs.mkdirSync(at('one')), { code: 'EEXIST', syscall: 'mkdir' });
  assert.equal(fs.mkdirSync(at('one'), { recursive: true }), undefined);
  assert.equal(fs.mkdirSync(at('a', 'b', 'c'), { recursive: true }), at('a'));
  assert.equal(await promises.mkdir(at('a', 'b', 'd'), { recursive: true }), at('a', 'b', 'd'));
  assert.equal(await promises.mkdir(at('a', 'b', 'd'), { recursive: true }), undefined);
  fs.mkdirSync(at('closed'), 0o700);
  assert.equal(fs.statSync(at('closed')).mode & 0o777, 0o700);
  fs.writeFileSync(at('file'), '');
  assert.throws(() => fs.mkdirSync(at('file'), { recursive: true }), { code: 'EEXIST' });
  assert.throws(() => fs.mkdirSync(at('file', 'x'), { recursive: true }), { code: 'ENOTDIR' });
  fs.writeFileSync(at('a', 'x.txt'), '');
  fs.symlinkSync('a', at('link'));

  const names = ['a', 'closed', 'file', 'link', 'one'];
  assert.deepEqual(fs.readdirSync(folder).sort(), names);
  assert.deepEqual((await promises.readdir(folder)).sort(), names);
  assert.deepEqual(fs.readdirSync(folder, 'buffer').map(String).sort(), names);
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  assert(entries[0] instanceof fs.Dirent);
  const kinds = entries.map((entry) => (
    [entry.name, entry.isDirectory(), entry.isFile(), entry.isSymbolicLink(), entry.parentPath === folder]
  ));
  assert.deepEqual(kinds.sort(), [
    ['a', true, false, false, true], ['closed', true, false, false, true], ['file', false, true, false, true],
    ['link', false, false, true, true], ['one', true, false, false, true],
  ]);

  // What a link leads to is not below.
  const all = ['a', 'a/b', 'a/b/c', 'a/b/d', 'a/x.txt', 'closed', 'file', 'link', 'one'];
  assert.deepEqual(fs.readdirSync(folder, { recursive: true }).sort(), all);
  assert.deepEqual((await promises.readdir(folder, { recursive: true })).sort(), all);
  const below = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  assert.deepEqual(below.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort(), all);

  const dir = fs.opendirSync(folder);
  assert.equal(dir.path, folder);
  const read = [];
  for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) read.push(entry.name);
  dir.closeSync();
  assert.deepEqual(read.sort(), names);
  assert.throws(() => dir.readSync(), { code: 'ERR_DIR_CLOSED' });
  const seen = [];
  for await (const entry of await promises.opendir(folder, { recursive: true })) seen.push(entry.name);
  assert.equal(seen.length, all.length);

  fs.rmdirSync(at('one'));
  await promises.rmdir(at('closed'));
  assert.deepEqual(fs.readdirSync(folder).sort(), ['a', 'file', 'link']);
  assert.throws(() => fs.rmdirSync(at('file')), { code: 'ENOTDIR' });

  const made = fs.mkdtempSync(at('tmp-'));
  assert.match(made.slice(at('tmp-').length), /^[A-Za-z0-9]{6}$/);
  assert.equal(fs.statSync(made).mode & 0o777, 0o700);
  assert.notEqual(await promises.mkdtemp(at('tmp-')), made);
} finally {
  fs.rmSync(folder, { recursive: true });
}
