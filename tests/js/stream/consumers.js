// All of a stream at once, of whatever kind.
import assert from 'assert';
import { Readable } from 'stream';
import { arrayBuffer, blob, buffer, json, text } from 'stream/consumers';

const cut = Buffer.from('é');
assert.equal(await text(Readable.from(['a', cut.subarray(0, 1), cut.subarray(1)])), 'aé');
assert.deepEqual(await json(Readable.from(['{"a":', '1}'])), { a: 1 });
assert.equal(`${await buffer(Readable.from(['ab', 'c']))}`, 'abc');
assert.equal((await arrayBuffer(new Blob(['abc']).stream())).byteLength, 3);
assert.equal((await blob(Readable.from(['ab', 'c']))).size, 3);
await assert.rejects(json(Readable.from(['{'])), SyntaxError);
await assert.rejects(text(new Readable({
  read() {
    this.destroy(new Error('cut'));
  },
})), { message: 'cut' });
