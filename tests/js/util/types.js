// util.types tells classes by what objects are, not by what they say.
import assert from 'assert';
import { types } from 'util';

assert.ok(types.isPromise(Promise.resolve()));
assert.ok(!types.isPromise({ then() {} }));
assert.ok(types.isMap(new (class extends Map {})()));
assert.ok(types.isProxy(new Proxy({}, {})));
assert.ok(types.isAsyncFunction(async () => {}));
assert.ok(types.isBoxedPrimitive(Object(1n)));
assert.ok(!types.isDate(Object.create(Date.prototype)));
