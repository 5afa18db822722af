// How many listeners are too many: for one emitter, for an EventTarget, for all.
import assert from 'assert';
import EventEmitter, { getMaxListeners, once, setMaxListeners } from 'events';

const emitter = new EventEmitter();
assert.strictEqual(emitter.setMaxListeners(1), emitter);
assert.strictEqual(emitter.getMaxListeners(), 1);
const warned = once(process, 'warning');
emitter.on('x', () => {});
emitter.on('x', () => {});
emitter.on('x', () => {});
const [warning] = await warned;
assert.strictEqual(warning.name, 'MaxListenersExceededWarning');
assert.strictEqual(
  warning.message,
  'Possible EventEmitter memory leak detected. 2 x listeners added to [EventEmitter]. '
  + 'MaxListeners is 1. Use emitter.setMaxListeners() to increase limit',
);
assert.deepStrictEqual([warning.emitter, warning.type, warning.count], [emitter, 'x', 2]);

const target = new EventTarget();
setMaxListeners(5, emitter, target);
assert.deepStrictEqual([emitter.getMaxListeners(), getMaxListeners(target)], [5, 5]);
EventEmitter.defaultMaxListeners = 20;
assert.strictEqual(new EventEmitter().getMaxListeners(), 20);
EventEmitter.setMaxListeners(10);
assert.strictEqual(EventEmitter.defaultMaxListeners, 10);
assert.throws(() => emitter.setMaxListeners('many'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => emitter.setMaxListeners(-1), {
  name: 'RangeError',
  message: 'The value of "setMaxListeners" is out of range. It must be >= 0. Received -1',
});
assert.throws(() => setMaxListeners(1, {}), { code: 'ERR_INVALID_ARG_TYPE' });
