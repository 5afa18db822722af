// Whole files are written and added to, with flags and modes.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-write-'));
try {
  const file = join(folder, 'file');
  fs.writeFileSync(file, '');
  const umask = 0o666 & ~fs.statSync(file).mode;
  const is = (text) => assert.equal(fs.readFileSync(file, 'utf8'), text);

  assert.equal(fs.writeFileSync(file, 'one'), undefined);
  is('one');
  fs.appendFileSync(file, ', two');
  is('one, two');
  fs.writeFileSync(file, 'short');
  is('short');
  fs.writeFileSync(file, '68c3a9', 'hex');
  is('hé');
  fs.writeFileSync(file, 'h\xe9', { encoding: 'latin1' });
  assert.deepEqual([...fs.readFileSync(file)], [0x68, 0xe9]);
  fs.writeFileSync(file, new Uint16Array([0x4241, 0x4443]));
  is('ABCD');
  const memory = new Uint8Array([1, 65, 66, 67, 2]).buffer;
  fs.writeFileSync(file, new DataView(memory, 1, 3));
  is('ABC');

  await promises.writeFile(file, 'promised');
  is('promised');
  await promises.appendFile(file, Buffer.from('!'), { flush: true });
  is('promised!');
  assert.equal(await promisify(fs.writeFile)(file, 'called'), undefined);
  await promisify(fs.appendFile)(file, ' back', 'utf8');
  is('called back');

  assert.throws(() => fs.writeFileSync(file, 'x', { flag: 'wx' }), { code: 'EEXIST', syscall: 'open' });
  fs.writeFileSync(file, 'ALL', { flag: 'r+' });
  is('ALLled back');
  fs.writeFileSync(file, '+', { flag: 'a' });
  is('ALLled back+');

  const secret = join(folder, 'secret');
  fs.writeFileSync(secret, '', { mode: 0o600 });
  assert.equal(fs.statSync(secret).mode & 0o777, 0o600);
  fs.appendFileSync(join(folder, 'new'), '', { mode: '604' });
  assert.equal(fs.statSync(join(folder, 'new')).mode & 0o777, 0o604 & ~umask);

  const fd = fs.openSync(file, 'w');
  fs.writeFileSync(fd, 'first ');
  await promisify(fs.writeFile)(fd, 'second');
  fs.closeSync(fd);
  is('first second');

  async function* pieces() {
    yield 'piece by ';
    yield Buffer.from('piece');
  }
  await promises.writeFile(file, pieces());
  is('piece by piece');
  await promises.appendFile(file, [', ', 'on']);
  is('piece by piece, on');
} finally {
  fs.rmSync(folder, { recursive: true });
}
