// semver: versions are compared and chosen.
import assert from 'assert';
import { maxSatisfying, satisfies, valid } from 'semver';

assert.equal(satisfies('1.4.2', '^1.2.0 || >=3'), true);
assert.equal(maxSatisfying(['1.0.0', '1.9.1', '2.0.0'], '1.x'), '1.9.1');
assert.equal(valid('x.y.z'), null);
