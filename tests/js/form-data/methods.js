// FormData holds fields in order: strings, and files for blobs.
import assert from 'assert';

const form = new FormData();
form.append('a', 1);
form.append('b', 'x\ud800');
form.append('a', null);
assert.deepStrictEqual([...form], [['a', '1'], ['b', 'x\ufffd'], ['a', 'null']]);
assert.strictEqual(form.get('a'), '1');
assert.deepStrictEqual(form.getAll('a'), ['1', 'null']);
assert.deepStrictEqual([form.get('c'), form.getAll('c'), form.has('c')], [null, [], false]);
form.set('a', '2');
assert.deepStrictEqual([...form.entries()], [['a', '2'], ['b', 'x\ufffd']]);
form.set('c', '3');
form.delete('b');
assert.deepStrictEqual([...form.keys()], ['a', 'c']);
assert.deepStrictEqual([...form.values()], ['2', '3']);
const seen = [];
form.forEach(function each(value, name, all) {
  seen.push([this.me, name, value, all === form]);
}, { me: 1 });
assert.deepStrictEqual(seen, [[1, 'a', '2', true], [1, 'c', '3', true]]);
assert.strictEqual(FormData.prototype[Symbol.iterator], FormData.prototype.entries);
assert.strictEqual(String(form.keys()), '[object FormData Iterator]');

assert.throws(() => new FormData({}), TypeError);
assert.throws(() => FormData(), TypeError);
assert.throws(() => form.append('a'), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => form.append('a', 'text', 'file'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => form.set('a', {}, 'file'), TypeError);
assert.throws(() => FormData.prototype.get.call(new Headers(), 'a'), { code: 'ERR_INVALID_THIS' });
assert.throws(() => form.keys().next.call(new Headers().keys()), { code: 'ERR_INVALID_THIS' });
