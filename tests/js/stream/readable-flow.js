// A Readable flows once somebody listens for data, and says in what order it ends.
import assert from 'assert';
import { Readable } from 'stream';

const events = [];
let left = 3;
const readable = new Readable({
  highWaterMark: 2,
  read() {
    this.push(left === 0 ? null : `${left--}`);
  },
});
readable.setEncoding('utf8');
for (const name of ['resume', 'pause', 'end', 'close']) readable.on(name, () => events.push(name));
assert.equal(readable.readableFlowing, null);
readable.on('data', (chunk) => events.push(chunk));
assert.equal(readable.readableFlowing, true);
readable.on('close', () => {
  assert.deepEqual(events, ['resume', '3', '2', '1', 'end', 'close']);
  assert.deepEqual(
    [readable.readableEnded, readable.destroyed, readable.readable, readable.readableDidRead],
    [true, true, false, true],
  );
});
