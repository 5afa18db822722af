// once() adds its listener by the `on` of the object, which a class may have of its own.

import assert from 'node:assert';
import EventEmitter from 'node:events';

class Noted extends EventEmitter {
  names = [];

  on(name, listener) {
    this.names.push(name);
    return super.on(name, listener);
  }
}

const emitter = new Noted();
let calls = 0;
assert.strictEqual(emitter.once('x', () => { calls++; }), emitter);
emitter.prependOnceListener('y', () => {});
assert.deepStrictEqual(emitter.names, ['x']);
emitter.emit('x');
emitter.emit('x');
assert.strictEqual(calls, 1);
