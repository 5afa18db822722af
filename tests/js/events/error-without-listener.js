// An 'error' that nobody listens for is thrown.
import assert from 'assert';
import EventEmitter, { errorMonitor } from 'events';

const emitter = new EventEmitter();
const error = new Error('boom');
assert.throws(() => emitter.emit('error', error), error);
assert.throws(() => emitter.emit('error', 'text'), { code: 'ERR_UNHANDLED_ERROR' });
const seen = [];
emitter.on(errorMonitor, (value) => seen.push(value));
assert.throws(() => emitter.emit('error', error));
emitter.on('error', () => {});
assert.strictEqual(emitter.emit('error', error), true);
assert.deepStrictEqual(seen, [error, error]);
