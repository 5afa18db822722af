// assert/strict: https://nodejs.org/api/assert.html#strict-assertion-mode

import { strict } from 'assert';

export const {
  AssertionError, ok, fail, ifError, match, doesNotMatch, throws, doesNotThrow, rejects,
  doesNotReject, strictEqual, notStrictEqual, deepStrictEqual, notDeepStrictEqual,
  equal, notEqual, deepEqual, notDeepEqual, partialDeepStrictEqual,
} = strict;
export { strict };
export default strict;
