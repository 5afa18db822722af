// eventNames() has the order of an object's keys, and listeners hear names as they were given.
import assert from 'assert';
import EventEmitter from 'events';

const emitter = new EventEmitter();
const symbol = Symbol('s');
for (const name of [symbol, 'b', 10, 'a', '2']) emitter.on(name, () => {});
assert.deepStrictEqual(emitter.eventNames(), ['2', '10', 'b', 'a', symbol]);
emitter.removeAllListeners('b');
emitter.on('b', () => {});
assert.deepStrictEqual(emitter.eventNames(), ['2', '10', 'a', 'b', symbol]);

const removed = [];
emitter.on('removeListener', (name) => removed.push(name));
emitter.removeAllListeners(10).removeAllListeners();
assert.deepStrictEqual(removed, [10, '2', 'a', 'b', symbol]);
