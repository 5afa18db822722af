// A source text that is nested too deeply for the parser is a RangeError.

import assert from 'assert';

const tooDeep = { name: 'RangeError', message: /source text is nested too deeply: more than 2000/ };
const levels = 50_000;
for (const [open, close] of [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['`${', '}`'],
  ['f(', ')'],
]) {
  const text = `${open.repeat(levels)}1${close.repeat(levels)}`;
  assert.throws(() => (0, eval)(text), tooDeep, open);
  assert.throws(() => eval(text), tooDeep, open);
  assert.throws(() => new Function(text), tooDeep, open);
  assert.throws(() => new Function(`a = ${text}`, ''), tooDeep, open);
}

// So is a chain without brackets, before it overflows the stack or takes seconds.
const tooLong = { name: 'RangeError', message: /too deeply: an expression or a statement of more/ };
for (const part of ['!', 'await ', '1+', '.a', 'if(x)', 'if(x){}else ', 'x=>', 'a=', 'for(;0;)']) {
  const text = `${part.repeat(levels)}1`;
  assert.throws(() => (0, eval)(text), tooLong, part);
  assert.throws(() => new Function(text), tooLong, part);
}
assert.strictEqual((0, eval)('1+'.repeat(5000) + '1'), 5001);
assert.strictEqual((0, eval)('1;'.repeat(levels)), 1);

assert.strictEqual((0, eval)(`${'('.repeat(1000)}1${')'.repeat(1000)}`), 1);
const many = '('.repeat(levels);
assert.strictEqual((0, eval)(`'${many}'.length // ${many}`), levels);
