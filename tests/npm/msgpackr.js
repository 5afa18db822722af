// msgpackr: values packed and unpacked, and streams of them.
import assert from 'assert';
import { PackrStream, UnpackrStream, pack, unpack } from 'msgpackr';

const value = {
  name: 'ann', list: [1, 2.5, null, true], nested: { text: 'é' }, bytes: Buffer.from([1, 2]),
};
assert.deepEqual(unpack(pack(value)), value);

const packer = new PackrStream();
const unpacker = new UnpackrStream();
const seen = [];
unpacker.on('data', (each) => seen.push(each));
packer.pipe(unpacker);
for (let index = 0; index < 20; index++) packer.write({ index, text: 'x'.repeat(index * 10) });
packer.end();
await new Promise((resolve) => { unpacker.on('end', resolve); });
assert.deepEqual(seen.map(({ index }) => index), Array.from({ length: 20 }, (_, index) => index));
