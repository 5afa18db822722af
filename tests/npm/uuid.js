// uuid: random, by name, and parsed.
import assert from 'assert';
import { parse, v4, v5, v7, validate, version } from 'uuid';

assert.equal(version(v4()), 4);
assert.equal(version(v7()), 7);
assert.equal(v5('hello', v5.DNS), '9342d47a-1bab-5709-9869-c840b2eac501');
assert.equal(validate('nonsense'), false);
assert.equal(parse('00000000-0000-4000-8000-000000000001').at(-1), 1);
