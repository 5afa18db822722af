// AsyncResource takes its scope along.

import assert from 'node:assert';
import {
  AsyncLocalStorage, AsyncResource, executionAsyncId, executionAsyncResource, triggerAsyncId,
} from 'node:async_hooks';

const storage = new AsyncLocalStorage();
const resource = storage.run('r', () => new AsyncResource('KIND'));
const other = new AsyncResource('OTHER', { triggerAsyncId: 7 });
assert.notStrictEqual(resource.asyncId(), other.asyncId());
assert.strictEqual(other.triggerAsyncId(), 7);
assert.strictEqual(resource.triggerAsyncId(), executionAsyncId());
const result = resource.runInAsyncScope(function(...values) {
  assert.strictEqual(executionAsyncId(), resource.asyncId());
  assert.strictEqual(triggerAsyncId(), resource.triggerAsyncId());
  assert.strictEqual(executionAsyncResource(), resource);
  return [this, storage.getStore(), ...values];
}, 'this', 1, 2);
assert.deepStrictEqual([String(result[0]), ...result.slice(1)], ['this', 'r', 1, 2]);
assert.strictEqual(resource.emitDestroy(), resource);

const bound = resource.bind(function(a, b) {
  return [this, a, b, storage.getStore()];
});
assert.strictEqual(bound.length, 2);
const self = {};
assert.deepStrictEqual(bound.call(self, 1, 2), [self, 1, 2, 'r']);
assert.strictEqual(AsyncResource.bind(() => 5)(), 5);
assert.throws(() => new AsyncResource(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new AsyncResource('X', { triggerAsyncId: -5 }), { code: 'ERR_INVALID_ASYNC_ID' });
assert.throws(() => AsyncResource.bind(5), { code: 'ERR_INVALID_ARG_TYPE' });
