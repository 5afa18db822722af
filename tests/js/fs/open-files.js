// Open files: bytes are read and written where the file is, or at a place, until it is closed.
import assert from 'assert';
import fs from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-open-'));
try {
  const file = join(folder, 'file');
  const fd = fs.openSync(file, 'w+');
  assert(Number.isInteger(fd) && fd > 2);
  assert.equal(fs.writeSync(fd, 'hello world'), 11);
  assert.equal(fs.writeSync(fd, 'HE', 0), 2);
  assert.equal(fs.writeSync(fd, Buffer.from('.....'), 1, 2), 2);
  assert.equal(fs.writeSync(fd, Buffer.from('abc'), { offset: 1, position: 4 }), 2);
  assert.equal(fs.readFileSync(file, 'utf8'), 'HEllbcworld..');
  assert.equal(fs.writeSync(fd, '4142', null, 'hex'), 2);

  const view = Buffer.alloc(6, '-');
  assert.equal(fs.readSync(fd, view, 1, 4, 0), 4);
  assert.equal(view.toString(), '-HEll-');
  assert.equal(fs.readSync(fd, view, 0, 6, 10n), 5);
  assert.equal(view.toString(), 'd..AB-');
  assert.equal(fs.readSync(fd, view), 0);
  assert.equal(fs.readSync(fd, view, { position: 5, length: 2 }), 2);
  assert.equal(view.toString(), 'cw.AB-');
  assert.equal(fs.readSync(fd, new Uint16Array(2), 0, 4, 0), 4);
  assert.equal(fs.readSync(fd, view, 0, 0, 0), 0);

  const shown = await promisify(fs.read)(fd, Buffer.alloc(3), 0, 3, 0);
  assert.deepEqual(shown, { bytesRead: 3, buffer: Buffer.from('HEl') });
  const written = await promisify(fs.write)(fd, 'x', 0);
  assert.deepEqual(written, { bytesWritten: 1, buffer: 'x' });
  const passed = await new Promise((resolve) => {
    fs.read(fd, { buffer: Buffer.alloc(2), position: 0 }, (...all) => resolve(all));
  });
  assert.deepEqual(passed, [null, 2, Buffer.from('xE')]);
  const [error, count, buffer] = await new Promise((resolve) => {
    fs.write(fd, Buffer.from('yz'), 0, 1, 0, (...all) => resolve(all));
  });
  assert.deepEqual([error, count, buffer.toString()], [null, 1, 'yz']);

  const views = [Buffer.alloc(2), new Uint8Array(3)];
  assert.equal(fs.readvSync(fd, views, 0), 5);
  assert.deepEqual(views.map((one) => Buffer.from(one).toString()), ['yE', 'llb']);
  assert.equal(fs.writevSync(fd, [Buffer.from('12'), Buffer.from('345')], 1), 5);
  assert.deepEqual(await promisify(fs.readv)(fd, [Buffer.alloc(6)], 0), {
    bytesRead: 6, buffers: [Buffer.from('y12345')],
  });
  assert.equal((await promisify(fs.writev)(fd, [Buffer.from('z')], 0)).bytesWritten, 1);

  fs.ftruncateSync(fd, 3);
  fs.fsyncSync(fd);
  fs.fdatasyncSync(fd);
  assert.equal(fs.readFileSync(file, 'utf8'), 'z12');
  fs.fchmodSync(fd, 0o640);
  fs.futimesSync(fd, 100, new Date(200_000));
  const stats = fs.fstatSync(fd);
  assert.deepEqual([stats.size, stats.mode & 0o777, stats.atimeMs, stats.mtimeMs], [3, 0o640, 100_000, 200_000]);

  fs.closeSync(fd);
  for (const use of [
    () => fs.closeSync(fd), () => fs.readSync(fd, view), () => fs.writeSync(fd, 'x'), () => fs.fstatSync(fd),
    () => fs.fsyncSync(fd), () => fs.ftruncateSync(fd), () => fs.readFileSync(fd), () => fs.fchmodSync(fd, 0),
  ]) {
    assert.throws(use, { code: 'EBADF', errno: -9 });
  }

  // What is under way when a file is closed goes on.
  const again = await promisify(fs.open)(file, 'r');
  const reading = promisify(fs.read)(again, Buffer.alloc(3), 0, 3, 0);
  await promisify(fs.close)(again);
  assert.equal((await reading).bytesRead, 3);

  // Flags as numbers.
  const { O_CREAT, O_EXCL, O_RDWR, O_APPEND } = fs.constants;
  const number = fs.openSync(file, O_RDWR | O_APPEND);
  fs.writeSync(number, '+', 0);
  fs.closeSync(number);
  assert.equal(fs.readFileSync(file, 'utf8'), 'z12+');
  assert.throws(() => fs.openSync(file, O_RDWR | O_CREAT | O_EXCL), { code: 'EEXIST' });
} finally {
  fs.rmSync(folder, { recursive: true });
}
