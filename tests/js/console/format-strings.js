// What %s makes of objects: the script's own text, or else what the inspector shows.
import assert from 'assert';
import { format, formatWithOptions } from 'util';

for (const [value, text] of [
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [new String('x'), "[String: 'x']"],
  [{ toString: () => 'own' }, 'own'],
  [Object.create({ toString: () => 'inherited' }), 'inherited'],
  [new (class { toString() { return 'class'; } })(), 'class'],
  [{ [Symbol.toPrimitive]: () => 'primitive' }, 'primitive'],
  [Object.assign(() => {}, { toString: () => 'function' }), 'function'],
  [() => 5, '() => 5'],
  [class A {}, '[class A]'],
  [new URL('http://a/'), 'http://a/'],
  [[1, [2]], '[ 1, [Array] ]'],
]) {
  assert.strictEqual(format('%s', value), text);
}
assert.throws(() => formatWithOptions(null, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
