// Dates: styles, single fields, what joins dates and times, hours of either kind.
import assert from 'assert';

const date = new Date(Date.UTC(2024, 2, 5, 16, 7, 9, 45));
const midnight = new Date(Date.UTC(2024, 11, 25));
const shown = (options, text, at = date) => assert.strictEqual(
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(at), text,
);
shown({}, '3/5/2024');
shown({ dateStyle: 'full', timeStyle: 'long' }, 'Tuesday, March 5, 2024 at 4:07:09 PM UTC');
shown({ dateStyle: 'medium', timeStyle: 'short' }, 'Mar 5, 2024, 4:07 PM');
shown({ dateStyle: 'short' }, '3/5/24');
shown({ timeStyle: 'medium' }, '12:00:00 AM', midnight);
shown({ weekday: 'short', month: 'short', day: 'numeric' }, 'Tue, Mar 5');
shown({ weekday: 'long', hour: 'numeric' }, 'Tuesday 4 PM');
shown({ year: 'numeric', month: '2-digit', day: '2-digit' }, '03/05/2024');
shown({ year: 'numeric', month: 'long' }, 'March 2024');
shown({ month: 'long', day: 'numeric', hour: 'numeric' }, 'March 5 at 4 PM');
shown({ hour: '2-digit', minute: '2-digit', hour12: false }, '16:07');
shown({ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }, '00:00', midnight);
shown({ minute: '2-digit', second: '2-digit' }, '07:09');
shown({ second: 'numeric', fractionalSecondDigits: 2 }, '9.04');
shown({ timeZoneName: 'short' }, '3/5/2024, UTC');
shown({ year: 'numeric', era: 'short' }, '2024 AD');

const format = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: 'numeric' });
assert.deepStrictEqual(format.formatToParts(date), [
  { type: 'hour', value: '4' }, { type: 'literal', value: ' ' }, { type: 'dayPeriod', value: 'PM' },
]);
assert.deepStrictEqual(format.resolvedOptions(), {
  locale: 'en-US', calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC',
  hourCycle: 'h12', hour12: true, hour: 'numeric',
});
assert.strictEqual(format.formatRange(date, midnight), '4 PM – 12 AM');
assert.throws(() => format.format(NaN), RangeError);
assert.throws(() => new Intl.DateTimeFormat('en', { month: 'odd' }), RangeError);
assert.throws(() => new Intl.DateTimeFormat('en', { dateStyle: 'full', year: 'numeric' }), TypeError);
