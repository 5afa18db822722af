// Plurals, lists, relative times, and the order of texts.
import assert from 'assert';

const cardinal = new Intl.PluralRules('en-US');
assert.deepStrictEqual([0, 1, 2, 1.5].map((n) => cardinal.select(n)), ['other', 'one', 'other', 'other']);
const ordinal = new Intl.PluralRules('en-US', { type: 'ordinal' });
assert.deepStrictEqual(
  [1, 2, 3, 4, 11, 12, 13, 22, 103, 111].map((n) => ordinal.select(n)),
  ['one', 'two', 'few', 'other', 'other', 'other', 'other', 'two', 'few', 'other'],
);

const list = (options, ...items) => new Intl.ListFormat('en', options).format(items);
assert.strictEqual(list({}, 'a', 'b', 'c'), 'a, b, and c');
assert.strictEqual(list({}, 'a', 'b'), 'a and b');
assert.strictEqual(list({ type: 'disjunction' }, 'a', 'b', 'c'), 'a, b, or c');
assert.strictEqual(list({ type: 'unit', style: 'narrow' }, 'a', 'b'), 'a b');
assert.strictEqual(list({ style: 'short' }, 'a', 'b'), 'a & b');
assert.throws(() => list({}, 1), TypeError);

const relative = (options, value, unit) => new Intl.RelativeTimeFormat('en', options).format(value, unit);
assert.strictEqual(relative({}, -1, 'day'), '1 day ago');
assert.strictEqual(relative({}, 1000, 'seconds'), 'in 1,000 seconds');
assert.strictEqual(relative({ numeric: 'auto' }, -1, 'day'), 'yesterday');
assert.strictEqual(relative({ numeric: 'auto' }, 1, 'week'), 'next week');
assert.strictEqual(relative({ style: 'short' }, 2, 'quarter'), 'in 2 qtrs.');
assert.strictEqual(relative({ style: 'narrow' }, -3, 'hour'), '3h ago');
assert.throws(() => relative({}, 1, 'eon'), RangeError);

const { compare } = new Intl.Collator('en', { numeric: true });
assert.deepStrictEqual(['a10', 'a2', 'B1', 'b1', 'é', 'f', 'e'].sort(compare),
  ['a2', 'a10', 'b1', 'B1', 'e', 'é', 'f']);
assert.strictEqual(new Intl.Collator('en', { sensitivity: 'base' }).compare('a', 'Á'), 0);
assert.deepStrictEqual(Intl.getCanonicalLocales(['EN-us', 'zh-hans-cn']), ['en-US', 'zh-Hans-CN']);
assert.strictEqual(String(Intl), '[object Intl]');
