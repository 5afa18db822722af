// A Transform gives what its function makes of what is written, and at last what `flush` has.
import assert from 'assert';
import { PassThrough, Transform } from 'stream';

const upper = new Transform({
  decodeStrings: false,
  transform(chunk, encoding, callback) {
    assert.equal(encoding, 'utf8');
    this.push(chunk.toUpperCase());
    callback(null, '.');
  },
  flush(callback) {
    callback(null, 'end');
  },
});
upper.setEncoding('utf8');
let text = '';
upper.on('data', (chunk) => {
  text += chunk;
});
upper.on('end', () => assert.equal(text, 'AB.C.end'));
upper.write('ab');
upper.end('c');

const objects = [];
const through = new PassThrough({ objectMode: true });
through.on('data', (value) => objects.push(value));
through.on('end', () => assert.deepEqual(objects, [{ a: 1 }, 0, '']));
for (const value of [{ a: 1 }, 0, '']) through.write(value);
through.end();
