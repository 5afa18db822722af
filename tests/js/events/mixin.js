// The methods work on objects that no constructor has seen, and leave no visible trace.
import assert from 'assert';
import EventEmitter from 'events';

const object = Object.create(EventEmitter.prototype);
let heard = 0;
object.on('a', () => heard++).emit('a');
assert.strictEqual(heard, 1);
assert.deepStrictEqual(Reflect.ownKeys(object).filter((key) => typeof key === 'string'), []);
