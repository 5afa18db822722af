// An ES module that is still running cannot be required by what it imports.
import assert from 'assert';
import { back, name } from 'circle';

assert.equal(name, 'circle');
assert.equal(back.error.code, 'ERR_REQUIRE_CYCLE_MODULE');
