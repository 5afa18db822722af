// on(): an async iterator of events, which stops listening when the loop ends.
import assert from 'assert';
import EventEmitter, { on } from 'events';

const emitter = new EventEmitter();
queueMicrotask(() => {
  emitter.emit('t', 1);
  emitter.emit('t', 2);
  emitter.emit('t', 3);
});
const values = [];
for await (const [value] of on(emitter, 't')) {
  values.push(value);
  if (value === 2) break;
}
assert.deepStrictEqual(values, [1, 2]);
assert.strictEqual(emitter.listenerCount('t'), 0);
