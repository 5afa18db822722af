// console.log shows the bytes, up to fifty.
import assert from 'assert';
import { inspect } from 'util';

assert.equal(inspect(Buffer.from('hi')), '<Buffer 68 69>');
assert.equal(inspect(Buffer.alloc(0)), '<Buffer >');
assert.match(inspect(Buffer.alloc(52)), /^<Buffer (00 ){50}\.\.\. 2 more bytes>$/);
