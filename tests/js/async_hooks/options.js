// A storage may have a value to fall back to, and a name; createHook is not there, and says so.

import assert from 'node:assert';
import { AsyncLocalStorage, createHook } from 'node:async_hooks';

const storage = new AsyncLocalStorage({ defaultValue: 'fallback', name: 'requests' });
assert.strictEqual(storage.getStore(), 'fallback');
assert.strictEqual(storage.name, 'requests');
storage.run(undefined, () => assert.strictEqual(storage.getStore(), undefined));
assert.strictEqual(new AsyncLocalStorage().name, '');
assert.throws(() => createHook({}), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
