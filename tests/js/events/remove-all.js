// removeAllListeners tells of each listener, of those who hear of it last.
import assert from 'assert';
import EventEmitter from 'events';

const emitter = new EventEmitter();
const seen = [];
emitter.on('removeListener', (name, listener) => seen.push(`1 ${name} ${listener.name}`));
emitter.on('removeListener', function second(name, listener) {
  seen.push(`2 ${name} ${listener.name}`);
});
emitter.on('x', function a() {});
emitter.once('x', function b() {});
emitter.removeAllListeners();
assert.deepStrictEqual(seen, ['1 x b', '2 x b', '1 x a', '2 x a', '1 removeListener second']);
assert.deepStrictEqual(emitter.eventNames(), []);
