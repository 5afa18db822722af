// A bomb is unpacked no faster than it is read.
import assert from 'assert';
import zlib from 'zlib';

const bomb = zlib.gzipSync(Buffer.alloc(50 << 20));
const stream = zlib.createGunzip();
stream.write(bomb);
const first = await new Promise((resolve) => {
  stream.once('readable', () => resolve(stream.read()));
});
assert(first.length > 0);
for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
assert(stream.readableLength < 1 << 20, `${stream.readableLength} bytes wait`);
let total = first.length;
stream.end();
for await (const part of stream) {
  total += part.length;
  if (total > 5 << 20) break;
}
assert(total < 6 << 20);
assert(stream.destroyed);
