// nanoid: identifiers out of crypto.
import assert from 'assert';
import { customAlphabet, nanoid } from 'nanoid';

assert.match(nanoid(), /^[\w-]{21}$/);
assert.match(customAlphabet('ab', 8)(), /^[ab]{8}$/);
