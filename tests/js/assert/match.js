// match and doesNotMatch.

import assert from 'node:assert';

assert.match('abc', /b/);
assert.doesNotMatch('abc', /x/);
assert.throws(() => assert.match('abc', /x/), /did not match the regular expression \/x\//);
assert.throws(() => assert.doesNotMatch('abc', /b/), assert.AssertionError);
assert.throws(() => assert.match(5, /5/), assert.AssertionError);
assert.throws(() => assert.match('a', 'a'), TypeError);
