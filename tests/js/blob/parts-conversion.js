// Parts are converted one after the other, before the options; bytes are read at the end.
import assert from 'assert';

const order = [];
const list = ['a', {
  toString() {
    order.push('part');
    if (list.length < 4) list.push('z');
    return 'o';
  },
}, 'b'];
const blob = new Blob(list, {
  get endings() {
    order.push('endings');
    return 'transparent';
  },
  get type() {
    order.push('type');
    return 'x';
  },
});
assert.strictEqual(await blob.text(), 'aobz');
assert.deepStrictEqual(order, ['part', 'endings', 'type']);
const bytes = new Uint8Array([65]);
const late = new Blob([bytes, { toString: () => String(bytes[0] = 66) }]);
assert.strictEqual(await late.text(), 'B66');
assert.throws(() => new Blob(5), {
  code: 'ERR_INVALID_ARG_TYPE',
  message: 'The "sources" argument must be a sequence. Received type number (5)',
});
assert.throws(() => new Blob([], { endings: 'odd' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new File([]), { code: 'ERR_MISSING_ARGS' });
