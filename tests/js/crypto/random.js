// Random bytes, numbers and identifiers.
import assert from 'assert';
import { randomBytes, randomFill, randomFillSync, randomInt, randomUUID } from 'crypto';
import { promisify } from 'util';

assert.equal(randomBytes(40).length, 40);
assert.notDeepEqual(randomBytes(16), randomBytes(16));
assert.equal((await promisify(randomBytes)(3)).length, 3);
const view = randomFillSync(Buffer.alloc(32), 4, 8);
assert.ok(view.subarray(0, 4).every((byte) => byte === 0) && view.subarray(12).every((byte) => byte === 0));
assert.ok(view.subarray(4, 12).some((byte) => byte !== 0));
assert.ok((await promisify(randomFill)(new Uint32Array(8))).some((word) => word !== 0));
const seen = new Set(Array.from({ length: 300 }, () => randomInt(-1, 2)));
assert.deepEqual([...seen].sort(), [-1, 0, 1]);
assert.match(randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
