// inherits links prototypes as of old.
import assert from 'assert';
import EventEmitter from 'events';
import { inherits } from 'util';

function Old() {}
inherits(Old, EventEmitter);
assert.ok(new Old() instanceof EventEmitter);
assert.strictEqual(Old.super_, EventEmitter);
let heard = false;
new Old().on('a', () => {
  heard = true;
}).emit('a');
assert.ok(heard);
