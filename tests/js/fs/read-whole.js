// Whole files are read in three forms: as bytes, as text, from a path or from an open file.
import assert from 'assert';
import fs, { promises } from 'fs';
import { readFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-read-'));
try {
  const file = join(folder, 'héllo.txt');
  const text = 'grüße, 水\n'.repeat(1000);
  fs.writeFileSync(file, text);
  const bytes = Buffer.from(text);

  const read = fs.readFileSync(file);
  assert(Buffer.isBuffer(read));
  assert(read.equals(bytes));
  assert.equal(fs.readFileSync(file, 'utf8'), text);
  assert.equal(fs.readFileSync(file, { encoding: 'utf-8' }), text);
  assert.equal(fs.readFileSync(file, 'latin1'), bytes.toString('latin1'));
  assert.equal(fs.readFileSync(file, 'hex'), bytes.toString('hex'));
  assert.equal(fs.readFileSync(file, { encoding: 'base64', flag: 'r' }), bytes.toString('base64'));
  for (const path of [Buffer.from(file), pathToFileURL(file)]) {
    assert.equal(fs.readFileSync(path, 'utf8'), text);
  }

  assert((await readFile(file)).equals(bytes));
  assert.equal(await promises.readFile(file, 'utf8'), text);
  assert.equal(promises.readFile, readFile);
  const calls = [];
  await new Promise((resolve) => {
    fs.readFile(file, 'utf8', (...given) => resolve(calls.push(given)));
    calls.push('later');
  });
  assert.deepEqual(calls, ['later', [null, text]]);

  // An open file is read on from where it is, and stays open.
  const fd = fs.openSync(file);
  fs.readSync(fd, Buffer.alloc(7));
  assert.equal(fs.readFileSync(fd, 'utf8'), text.slice(5));
  assert.equal(fs.readFileSync(fd).length, 0);
  fs.closeSync(fd);

  fs.writeFileSync(file, '');
  assert.equal(fs.readFileSync(file).length, 0);
  assert.equal(await readFile(file, 'utf8'), '');
  // It says that it has no size.
  assert.match(fs.readFileSync('/proc/self/status', 'utf8'), /^Name:[^]*Threads:/);
  // Larger than what one call reads.
  const large = Buffer.alloc(3 * 2 ** 20 + 1, 'abcdefg');
  fs.writeFileSync(file, large);
  assert(fs.readFileSync(file).equals(large));
  assert((await readFile(file)).equals(large));
} finally {
  fs.rmSync(folder, { recursive: true });
}
