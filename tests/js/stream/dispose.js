// A stream that is disposed of is destroyed, and that is waited for.
import assert from 'assert';
import { Readable } from 'stream';

const dispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
const readable = new Readable({ read() {} });
let failure;
readable.on('error', (error) => {
  failure = error;
});
await readable[dispose]();
assert.ok(readable.destroyed);
assert.equal(failure.name, 'AbortError');
