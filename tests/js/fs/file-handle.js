// FileHandle: the methods of an open file, which all return promises.
import assert from 'assert';
import { open, readFile } from 'fs/promises';
import fs from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-handle-'));
try {
  const file = join(folder, 'file');
  const handle = await open(file, 'w+');
  assert(handle.fd > 2);
  assert.deepEqual(await handle.write('hello'), { bytesWritten: 5, buffer: 'hello' });
  const bytes = Buffer.from('XYZ');
  assert.deepEqual(await handle.write(bytes, 1, 1, 0), { bytesWritten: 1, buffer: bytes });
  assert.equal(await handle.writeFile(' world'), undefined);
  await handle.appendFile('!');
  assert.equal(await readFile(file, 'utf8'), 'Yello world!');

  const view = Buffer.alloc(4);
  const { bytesRead, buffer } = await handle.read(view, 0, 4, 2);
  assert.equal(bytesRead, 4);
  assert.equal(buffer, view);
  assert.equal(view.toString(), 'llo ');
  assert.equal((await handle.read({ position: 0, length: 5 })).bytesRead, 5);
  const views = [Buffer.alloc(2), Buffer.alloc(2)];
  assert.equal((await handle.readv(views, 0)).bytesRead, 4);
  assert.equal(String(views[1]), 'll');
  assert.equal((await handle.writev([Buffer.from('J'), Buffer.from('e')], 0)).bytesWritten, 2);
  assert.equal((await handle.stat()).size, 12);
  await handle.truncate(5);
  await handle.sync();
  await handle.datasync();
  await handle.chmod(0o600);
  await handle.utimes(1, 2);
  const { mode, mtimeMs, uid, gid } = await handle.stat();
  assert.deepEqual([mode & 0o777, mtimeMs], [0o600, 2000]);
  await handle.chown(uid, gid);

  const closed = new Promise((resolve) => { handle.once('close', resolve); });
  await handle.close();
  await closed;
  assert.equal(handle.fd, -1);
  await handle.close();
  await assert.rejects(handle.read(view), { code: 'EBADF', message: 'file closed', syscall: 'read' });
  await assert.rejects(handle.stat(), { code: 'EBADF' });

  const second = await open(file);
  assert.equal(await second.readFile('utf8'), 'Jello');
  assert.equal(await second.readFile('utf8'), '');
  await assert.rejects(second.write('x'), { code: 'EBADF', syscall: 'write' });
  await second.close();

  const third = await open(file);
  const read = [];
  for await (const chunk of third.readableWebStream()) read.push(Buffer.from(chunk).toString());
  assert.equal(read.join(''), 'Jello');
  await third.close();
  // A handle stands for a path.
  const fourth = await open(file);
  assert.equal(await readFile(fourth, 'utf8'), 'Jello');
  await fourth.close();
} finally {
  fs.rmSync(folder, { recursive: true });
}
