// A once listener that emits its event again: nobody is called twice.
import assert from 'assert';
import EventEmitter from 'events';

const emitter = new EventEmitter();
const seen = [];
emitter.once('a', () => {
  seen.push('first');
  emitter.emit('a');
});
emitter.once('a', () => seen.push('second'));
emitter.emit('a');
assert.deepStrictEqual(seen, ['first', 'second']);
assert.strictEqual(emitter.listenerCount('a'), 0);
