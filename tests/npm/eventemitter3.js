// eventemitter3: listeners with contexts, once and always.
import assert from 'assert';
import { EventEmitter } from 'eventemitter3';

const emitter = new EventEmitter();
let sum = 0;
emitter.on('add', function add(n) { sum += n * this.factor; }, { factor: 2 });
emitter.once('add', (n) => { sum += n; });
emitter.emit('add', 1);
emitter.emit('add', 1);
assert.equal(sum, 5);
