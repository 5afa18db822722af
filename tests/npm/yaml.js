// yaml: a document both ways.
import assert from 'assert';
import { parse, stringify } from 'yaml';

const value = { rooms: ['a', 'b'], limits: { max: 10 }, note: 'two\nlines' };
assert.deepEqual(parse(stringify(value)), value);
assert.deepEqual(parse('- 1\n- { a: true }\n'), [1, { a: true }]);
assert.throws(() => parse('a: [1'), /Flow sequence|BAD_INDENT|unexpected/i);
