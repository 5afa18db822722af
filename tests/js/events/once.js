// once: a listener that hears one event, and a promise of one event.
import assert from 'assert';
import EventEmitter, { once } from 'events';

const emitter = new EventEmitter();
let count = 0;
emitter.once('a', () => count++);
emitter.emit('a');
emitter.emit('a');
assert.strictEqual(count, 1);
assert.strictEqual(emitter.listenerCount('a'), 0);

queueMicrotask(() => emitter.emit('ready', 1, 2));
assert.deepStrictEqual(await once(emitter, 'ready'), [1, 2]);
queueMicrotask(() => emitter.emit('error', new Error('failed')));
await assert.rejects(once(emitter, 'never'), /failed/);
assert.deepStrictEqual(emitter.eventNames(), []);
