// The constructor of old: without `new`, for classes that are functions; methods can be copied.
import assert from 'assert';
import EventEmitter, { EventEmitter as named, init } from 'events';
import { inherits } from 'util';

assert.strictEqual(named, EventEmitter);
assert.strictEqual(EventEmitter.EventEmitter, EventEmitter);
assert.strictEqual(EventEmitter.init, init);
function Old() {
  EventEmitter.call(this);
}
inherits(Old, EventEmitter);
let heard = 0;
const old = new Old();
old.on('a', () => heard++);
old.emit('a');
const mixed = Object.assign({}, EventEmitter.prototype);
mixed.once('b', () => heard++);
mixed.emit('b');
assert.strictEqual(heard, 2);
assert.strictEqual(EventEmitter.prototype.on, EventEmitter.prototype.addListener);
assert.strictEqual(EventEmitter.prototype.off, EventEmitter.prototype.removeListener);
class New extends EventEmitter {}
assert.ok(new New() instanceof EventEmitter);
// Names are told apart as those of properties.
const emitter = new EventEmitter();
emitter.on(1, () => heard++);
assert.ok(emitter.emit('1'));
