// parseArgs: options and the rest.

import assert from 'node:assert';
import { parseArgs } from 'node:util';

const options = {
  all: { type: 'boolean', short: 'a' },
  name: { type: 'string', short: 'n', default: 'none' },
  tag: { type: 'string', multiple: true },
};
const parse = (args, more) => parseArgs({ args, options, ...more });
const { values, positionals } = parse(['-an', 'x', '--tag=1', 'file', '--tag', '2', '--', '--all'], {
  allowPositionals: true,
});
assert.deepStrictEqual({ ...values }, { all: true, name: 'x', tag: ['1', '2'] });
assert.deepStrictEqual(positionals, ['file', '--all']);
assert.deepStrictEqual({ ...parse([]).values }, { name: 'none' });
assert.deepStrictEqual({ ...parse(['-nvalue']).values }, { name: 'value' });
assert.deepStrictEqual({ ...parse(['--what', '-z'], { strict: false }).values }, {
  what: true, z: true, name: 'none',
});
assert.deepStrictEqual(parse(['-a', 'p', '--'], { tokens: true, allowPositionals: true }).tokens, [
  { kind: 'option', name: 'all', rawName: '-a', index: 0, value: undefined, inlineValue: undefined },
  { kind: 'positional', index: 1, value: 'p' },
  { kind: 'option-terminator', index: 2 },
]);
const wrong = (code) => ({ name: 'TypeError', code: `ERR_PARSE_ARGS_${code}` });
assert.throws(() => parse(['--what']), wrong('UNKNOWN_OPTION'));
assert.throws(() => parse(['file']), wrong('UNEXPECTED_POSITIONAL'));
assert.throws(() => parse(['--all=1']), wrong('INVALID_OPTION_VALUE'));
assert.throws(() => parse(['--name']), wrong('INVALID_OPTION_VALUE'));
assert.throws(() => parse(['--name', '--all']), wrong('INVALID_OPTION_VALUE'));
assert.throws(() => parseArgs({ options: { x: { type: 'number' } } }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => parseArgs({ options: { x: { type: 'string', short: 'xy' } } }), {
  code: 'ERR_INVALID_ARG_VALUE',
});
