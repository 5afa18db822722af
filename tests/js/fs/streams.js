// ReadStream and WriteStream: parts of files, encodings, events, and when the file is closed.
import assert from 'assert';
import fs from 'fs';
import { open } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { pipeline } from 'stream/promises';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-streams-'));
const once = (emitter, name) => new Promise((resolve, reject) => {
  emitter.once(name, resolve);
  if (name !== 'error') emitter.once('error', reject);
});
async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return typeof chunks[0] === 'string' ? chunks.join('') : Buffer.concat(chunks).toString();
}
try {
  const file = join(folder, 'file');
  const writer = fs.createWriteStream(file);
  assert(writer instanceof fs.WriteStream);
  assert.equal(writer.path, file);
  assert.equal(writer.pending, true);
  const fd = once(writer, 'open');
  writer.write('0123');
  writer.write(Buffer.from('45'));
  writer.write('67');
  writer.end('89');
  assert.equal(typeof await fd, 'number');
  await once(writer, 'close');
  assert.equal(writer.bytesWritten, 10);
  assert.equal(fs.readFileSync(file, 'utf8'), '0123456789');

  assert.equal(await all(fs.createReadStream(file)), '0123456789');
  assert.equal(await all(fs.createReadStream(file, 'utf8')), '0123456789');
  assert.equal(await all(fs.createReadStream(file, { start: 3, end: 5 })), '345');
  assert.equal(await all(fs.createReadStream(file, { start: 8, highWaterMark: 1, encoding: 'latin1' })), '89');
  assert.equal(await all(fs.createReadStream(file, { end: 0 })), '0');
  const reader = fs.createReadStream(file, { highWaterMark: 4 });
  const sizes = [];
  reader.on('data', (chunk) => sizes.push(chunk.length));
  await once(reader, 'close');
  assert.deepEqual([sizes, reader.bytesRead], [[4, 4, 2], 10]);

  // From a place on, and at the end.
  const patch = fs.createWriteStream(file, { flags: 'r+', start: 2 });
  patch.end('ab');
  await once(patch, 'finish');
  const more = fs.createWriteStream(file, { flags: 'a', flush: true });
  more.end('+');
  await once(more, 'close');
  assert.equal(fs.readFileSync(file, 'utf8'), '01ab456789+');

  const large = Buffer.alloc(1_000_000, 'grow');
  fs.writeFileSync(file, large);
  await pipeline(fs.createReadStream(file), fs.createWriteStream(join(folder, 'copy')));
  assert(fs.readFileSync(join(folder, 'copy')).equals(large));

  // Errors come as events, and an open file stays open where it is to.
  const missing = await once(fs.createReadStream(join(folder, 'missing')), 'error');
  assert.deepEqual([missing.code, missing.syscall], ['ENOENT', 'open']);
  const full = fs.createWriteStream('/dev/full');
  full.write('x');
  assert.equal((await once(full, 'error')).code, 'ENOSPC');
  const number = fs.openSync(file);
  assert.equal((await all(fs.createReadStream('', { fd: number, autoClose: false, start: 0, end: 3 }))), 'grow');
  fs.closeSync(number);
  const stopped = fs.createReadStream(file);
  stopped.on('data', () => stopped.destroy());
  await once(stopped, 'close');

  assert.throws(() => fs.createReadStream(file, { start: 4, end: 3 }), { code: 'ERR_OUT_OF_RANGE' });
  assert.throws(() => fs.createReadStream(file, { start: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => fs.createWriteStream(5), { code: 'ERR_INVALID_ARG_TYPE' });

  const handle = await open(join(folder, 'copy'), 'r+');
  assert.equal((await all(handle.createReadStream({ end: 3 }))), 'grow');
  assert.equal(handle.fd, -1);
  const other = await open(join(folder, 'new'), 'w');
  const into = other.createWriteStream();
  into.end('handled');
  await once(into, 'close');
  assert.equal(fs.readFileSync(join(folder, 'new'), 'utf8'), 'handled');
} finally {
  fs.rmSync(folder, { recursive: true });
}
