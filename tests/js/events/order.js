// Listeners run in order; one that is removed while an event runs still hears that event.
import assert from 'assert';
import EventEmitter from 'events';

const emitter = new EventEmitter();
const heard = [];
const second = () => heard.push('second');
emitter.on('a', () => {
  heard.push('first');
  emitter.off('a', second);
});
emitter.on('a', second);
emitter.prependListener('a', () => heard.push('zeroth'));
assert.strictEqual(emitter.emit('a'), true);
assert.strictEqual(emitter.emit('a'), true);
assert.strictEqual(emitter.emit('b'), false);
assert.deepStrictEqual(heard, ['zeroth', 'first', 'second', 'zeroth', 'first']);
