// Numbers: grouping, rounding of what is written, percent, money, compact and scientific notation.
import assert from 'assert';

const shown = (value, options, text) => (
  assert.strictEqual(new Intl.NumberFormat('en-US', options).format(value), text)
);
shown(1234567.891, {}, '1,234,567.891');
shown(-0, {}, '-0');
shown(1e21, {}, '1,000,000,000,000,000,000,000');
shown(12345678901234567890n, {}, '12,345,678,901,234,567,890');
shown('1234567890.1234', { maximumFractionDigits: 4 }, '1,234,567,890.1234');
shown(NaN, {}, 'NaN');
shown(-Infinity, {}, '-∞');
// Half away from zero, of the number as it is written.
shown(1.005, { maximumFractionDigits: 2 }, '1.01');
shown(2.5, { maximumFractionDigits: 0 }, '3');
shown(999.95, { maximumFractionDigits: 1 }, '1,000');
shown(1234.5, { minimumFractionDigits: 2 }, '1,234.50');
shown(123456, { maximumSignificantDigits: 3 }, '123,000');
shown(5, { minimumIntegerDigits: 3 }, '005');
shown(1e6, { useGrouping: false }, '1000000');
shown(0.256, { style: 'percent' }, '26%');
shown(-1234.5, { style: 'currency', currency: 'USD' }, '-$1,234.50');
shown(1234.5, { style: 'currency', currency: 'jpy' }, '¥1,235');
shown(1, { style: 'currency', currency: 'CHF' }, 'CHF\u00a01.00');
shown(-1, { style: 'currency', currency: 'USD', currencySign: 'accounting' }, '($1.00)');
shown(2, { style: 'currency', currency: 'USD', currencyDisplay: 'name' }, '2.00 US dollars');
shown(1234, { notation: 'compact' }, '1.2K');
shown(999999, { notation: 'compact' }, '1M');
shown(1.5e9, { notation: 'compact', compactDisplay: 'long' }, '1.5 billion');
shown(12345, { notation: 'scientific' }, '1.235E4');
shown(12345, { notation: 'engineering' }, '12.345E3');
shown(5, { signDisplay: 'always' }, '+5');
shown(1, { style: 'unit', unit: 'day' }, '1 day');
shown(100, { style: 'unit', unit: 'kilometer-per-hour' }, '100 km/h');
shown(3, { style: 'unit', unit: 'hour', unitDisplay: 'long' }, '3 hours');

assert.deepStrictEqual(
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).formatToParts(1234.5),
  [
    { type: 'currency', value: '$' }, { type: 'integer', value: '1' }, { type: 'group', value: ',' },
    { type: 'integer', value: '234' }, { type: 'decimal', value: '.' },
    { type: 'fraction', value: '50' },
  ],
);
assert.strictEqual([3, 1000].map(Intl.NumberFormat().format).join(), '3,1,000');
assert.strictEqual(new Intl.NumberFormat('de').resolvedOptions().locale, 'en-US');
assert.throws(() => new Intl.NumberFormat('en', { style: 'currency' }), TypeError);
assert.throws(() => new Intl.NumberFormat('en', { style: 'odd' }), RangeError);
assert.throws(() => new Intl.NumberFormat('en', { maximumFractionDigits: 200 }), RangeError);
assert.throws(() => new Intl.NumberFormat('not a tag'), RangeError);
