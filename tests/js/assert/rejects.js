// rejects() takes a promise or a function that returns one.

import assert from 'node:assert';

await assert.rejects(Promise.reject(new TypeError('x')), TypeError);
await assert.rejects(async () => { throw new Error('y'); }, /y/);
await assert.rejects(assert.rejects(Promise.resolve(1)), assert.AssertionError);
await assert.rejects(assert.doesNotReject(Promise.reject(1)), assert.AssertionError);
await assert.doesNotReject(async () => {});
await assert.rejects(assert.rejects(() => 5), TypeError);
