// Functions of the global object are enumerable, classes are not, touched or not.
import assert from 'assert';

const names = ['atob', 'queueMicrotask', 'setTimeout', 'structuredClone', 'URL', 'Blob', 'Event'];
const listed = () => names.filter((name) => Object.keys(globalThis).includes(name));
assert.deepStrictEqual(listed(), names.slice(0, 4));
for (const name of names) assert.strictEqual(typeof globalThis[name], 'function');
await null;
assert.deepStrictEqual(listed(), names.slice(0, 4));
const own = Object.getOwnPropertyDescriptor(globalThis, 'atob');
assert.deepStrictEqual([typeof own.value, own.writable, own.configurable], ['function', true, true]);
