// A pipe stops reading while its destination has no room.
import assert from 'assert';
import { Readable, Writable } from 'stream';

const given = 20;
let next = 0;
let most = 0;
const source = new Readable({
  objectMode: true,
  highWaterMark: 2,
  read() {
    this.push(next === given ? null : next++);
  },
});
const taken = [];
const destination = new Writable({
  objectMode: true,
  highWaterMark: 3,
  write(chunk, encoding, callback) {
    most = Math.max(most, next - taken.length);
    taken.push(chunk);
    setImmediate(callback);
  },
});
let pipes = 0;
destination.on('pipe', () => pipes++).on('unpipe', () => pipes--);
assert.equal(source.pipe(destination), destination);
assert.equal(pipes, 1);
destination.on('finish', () => {
  assert.deepEqual(taken, Array.from({ length: given }, (_, index) => index));
  assert.ok(most <= 7, `${most} were read ahead`);
  assert.equal(pipes, 0);
});
