// require cannot wait for a top-level await, and says so.
import assert from 'assert';
import { error } from 'requires-waiting';

assert.equal(error.code, 'ERR_REQUIRE_ASYNC_MODULE');
assert.match(error.message, /await import/);
