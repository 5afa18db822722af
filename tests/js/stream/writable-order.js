// A Writable writes one chunk after the other, and finishes when the last one is done.
import assert from 'assert';
import { Writable } from 'stream';

const events = [];
const writable = new Writable({
  highWaterMark: 4,
  write(chunk, encoding, callback) {
    events.push(`${chunk} ${encoding}`);
    setImmediate(callback);
  },
  final(callback) {
    events.push('final');
    callback();
  },
});
for (const name of ['drain', 'prefinish', 'finish']) writable.on(name, () => events.push(name));
assert.equal(writable.write('abc'), true);
assert.equal(writable.write('de', () => events.push('written')), false);
assert.deepEqual([writable.writableLength, writable.writableNeedDrain], [5, true]);
writable.on('drain', () => writable.end(new Uint8Array([102]), () => events.push('ended')));
writable.on('close', () => {
  assert.deepEqual(events, [
    'abc buffer', 'de buffer', 'drain', 'f buffer', 'written', 'final', 'prefinish', 'ended',
    'finish',
  ]);
});
