// A recursive watch tells of what happens in all folders below, also in those that come later.
import assert from 'assert';
import fs from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-watch-all-'));
try {
  fs.mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  const watcher = fs.watch(folder, { recursive: true });
  const waiting = new Map();
  watcher.on('change', (type, name) => waiting.get(name)?.());
  const told = (name) => new Promise((resolve) => { waiting.set(name, resolve); });

  let seen = told('a/b/file');
  fs.writeFileSync(join(folder, 'a', 'b', 'file'), '');
  await seen;
  seen = told('new');
  fs.mkdirSync(join(folder, 'new'));
  await seen;
  seen = told('new/deep/file');
  fs.mkdirSync(join(folder, 'new', 'deep'));
  fs.writeFileSync(join(folder, 'new', 'deep', 'file'), '');
  await seen;
  seen = told('new/deep/file');
  fs.rmSync(join(folder, 'new'), { recursive: true });
  await seen;
  watcher.close();
  assert.equal(fs.existsSync(join(folder, 'new')), false);
} finally {
  fs.rmSync(folder, { recursive: true });
}
