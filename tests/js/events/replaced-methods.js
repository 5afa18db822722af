// A class may replace methods that the others use.
import assert from 'assert';
import EventEmitter from 'events';

const log = [];
class Loud extends EventEmitter {
  emit(name, ...values) {
    log.push(`emit ${name}`);
    return super.emit(name, ...values);
  }

  removeListener(name, listener) {
    log.push(`remove ${name}`);
    return super.removeListener(name, listener);
  }
}
const loud = new Loud();
loud.on('newListener', () => {});
loud.once('a', () => {});
loud.emit('a');
loud.on('removeListener', () => {});
loud.on('b', () => {});
loud.removeAllListeners('b');
assert.deepStrictEqual(log, [
  'emit newListener', 'emit a', 'remove a', 'emit newListener', 'emit newListener', 'remove b',
  'emit removeListener',
]);
