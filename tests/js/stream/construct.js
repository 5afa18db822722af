// Nothing is read or written before `construct` has called back, and its failure is the stream's.
import assert from 'assert';
import { once } from 'events';
import { Duplex, Writable } from 'stream';

const events = [];
const duplex = new Duplex({
  construct(callback) {
    events.push('construct');
    setImmediate(() => {
      events.push('constructed');
      callback();
    });
  },
  read() {
    events.push('read');
    this.push(null);
  },
  write(chunk, encoding, callback) {
    events.push(`write ${chunk}`);
    callback();
  },
});
duplex.end('x');
duplex.resume();
await once(duplex, 'close');
assert.deepEqual(events.slice(0, 2), ['construct', 'constructed']);
assert.deepEqual(events.slice(2).sort(), ['read', 'write x']);

const failing = new Writable({
  construct(callback) {
    callback(new Error('no'));
  },
  write() {
    throw new Error('written all the same');
  },
});
failing.write('x', (error) => assert.equal(error.message, 'no'));
const [error] = await once(failing, 'error');
assert.equal(error.message, 'no');
