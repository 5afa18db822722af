// With captureRejections, a listener that rejects is an 'error' of its emitter.
import assert from 'assert';
import EventEmitter, { captureRejectionSymbol, once } from 'events';

const emitter = new EventEmitter({ captureRejections: true });
emitter.on('x', async () => {
  throw new Error('late');
});
const failed = once(emitter, 'error');
emitter.emit('x');
assert.strictEqual((await failed)[0].message, 'late');

const { promise, resolve } = Promise.withResolvers();
emitter[captureRejectionSymbol] = (error, name, ...values) => resolve([error.message, name, values]);
emitter.emit('x', 1, 2);
assert.deepStrictEqual(await promise, ['late', 'x', [1, 2]]);
assert.throws(() => new EventEmitter({ captureRejections: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(EventEmitter.captureRejections, false);
