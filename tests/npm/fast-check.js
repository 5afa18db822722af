// fast-check: a property is tried, and a counterexample made small.
import assert from 'assert';
import fc from 'fast-check';

fc.assert(fc.property(fc.array(fc.integer()), (list) => list.toReversed().toReversed().join() === list.join()), { numRuns: 20 });
const { failed, counterexample } = fc.check(fc.property(fc.nat(), (n) => n < 100), { seed: 1, numRuns: 200 });
assert.equal(failed, true);
assert.deepEqual(counterexample, [100]);
