// getters, sorted, numericSeparator, showHidden and the defaults of `inspect`.
import assert from 'assert';
import { inspect } from 'util';

const shown = (value, options, text) => assert.strictEqual(inspect(value, options), text);
const object = {
  get a() { return 1; },
  set b(value) {},
  get c() { return { d: 1 }; },
  set c(value) {},
  get e() { throw new Error('oops'); },
};
shown(object, {}, '{ a: [Getter], b: [Setter], c: [Getter/Setter], e: [Getter] }');
shown(object, { getters: true, breakLength: 120 },
  '{ a: [Getter: 1], b: [Setter], c: [Getter/Setter] { d: 1 }, e: [Getter: <Inspection threw (oops)>] }');
shown(object, { getters: 'set' },
  '{ a: [Getter], b: [Setter], c: [Getter/Setter] { d: 1 }, e: [Getter] }');
shown({ b: 1, a: 2 }, { sorted: true }, '{ a: 2, b: 1 }');
shown(new Set(['b', 'a']), { sorted: true }, "Set(2) { 'a', 'b' }");
shown(Object.assign([3, 1], { z: 1, b: 2 }), { sorted: true }, '[ 3, 1, b: 2, z: 1 ]');
shown({ b: 1, a: 2 }, { sorted: (x, y) => (x < y ? 1 : -1) }, '{ b: 1, a: 2 }');
shown([123456.789, -12345n, 0.00001234], { numericSeparator: true },
  '[ 123_456.789, -12_345n, 0.000_012_34 ]');
shown(new Uint8Array(1), { showHidden: true, breakLength: 200 },
  'Uint8Array(1) [ 0, [BYTES_PER_ELEMENT]: 1, [length]: 1, [byteLength]: 1, [byteOffset]: 0, '
  + '[buffer]: ArrayBuffer { byteLength: 1 } ]');
inspect.defaultOptions = { maxArrayLength: 1 };
shown([1, 2, 3], {}, '[ 1, ... 2 more items ]');
assert.strictEqual(inspect.defaultOptions.depth, 2);
inspect.defaultOptions = { maxArrayLength: 100 };
assert.throws(() => { inspect.defaultOptions = 5; }, { code: 'ERR_INVALID_ARG_TYPE' });
