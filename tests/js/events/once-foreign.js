// once waits for emitters of other makes too, which may have on and off alone.
import assert from 'assert';
import { once } from 'events';

const listeners = new Map();
const emitter = {
  on: (name, listener) => listeners.set(name, listener),
  off: (name) => listeners.delete(name),
};
const waiting = once(emitter, 'ready');
listeners.get('ready')(1, 2);
assert.deepEqual(await waiting, [1, 2]);
assert.equal(listeners.size, 0);
