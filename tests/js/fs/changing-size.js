// A file that shrinks or grows while it is read: what was there is read, and nothing is made up.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-changing-'));
try {
  const file = join(folder, 'file');
  const size = 2 ** 20;
  const before = Buffer.alloc(size, 'a');

  fs.writeFileSync(file, before);
  for (const length of [1, 70_000, 600_000]) {
    const reading = promises.readFile(file);
    fs.truncateSync(file, length);
    const bytes = await reading;
    // It was cut before, meanwhile or afterwards; a hole reads as zeros where the file is written anew.
    assert(bytes.length >= length && bytes.length <= size, `${bytes.length}`);
    assert(bytes.subarray(0, length).equals(before.subarray(0, length)));
    fs.writeFileSync(file, before);
  }
  for (let round = 0; round < 3; round++) {
    const reading = promises.readFile(file, 'latin1');
    fs.appendFileSync(file, 'b'.repeat(100_000));
    const text = await reading;
    assert(/^a+b*$/.test(text.slice(size - 10)) && text.length >= size);
  }
  // One that tells no size is read to its end.
  assert.equal(fs.readFileSync('/proc/self/cmdline').indexOf('changing-size.js') > 0, true);
  const fd = fs.openSync(file, 'r+');
  fs.ftruncateSync(fd, 4);
  assert.equal(fs.readSync(fd, Buffer.alloc(10), 0, 10, 0), 4);
  assert.equal(fs.readSync(fd, Buffer.alloc(10), 0, 10, 5), 0);
  fs.closeSync(fd);
} finally {
  fs.rmSync(folder, { recursive: true });
}
