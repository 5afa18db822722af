// A cycle and a BigInt are a TypeError; the same object twice is no cycle.
import assert from 'assert';

const cycle = { list: [] };
cycle.list.push({ cycle });
assert.throws(() => JSON.stringify(cycle), TypeError);
assert.throws(() => JSON.stringify({ a: 1n }), TypeError);
assert.throws(() => JSON.stringify({ get a() { throw new RangeError('no'); } }), RangeError);

const shared = { a: 1 };
assert.strictEqual(JSON.stringify([shared, { shared }, [shared]]),
    '[{"a":1},{"shared":{"a":1}},[{"a":1}]]');

// Deep, but no cycle.
let deep = 1;
for (let depth = 0; depth < 300; depth++) deep = [deep];
assert.strictEqual(JSON.stringify(deep).length, 601);
