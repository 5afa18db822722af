// toLocaleString and its kin, of numbers, dates and lists.
import assert from 'assert';

const zone = { timeZone: 'UTC' };
const date = new Date(Date.UTC(2024, 2, 5, 16, 7, 9));
for (const [text, expected] of [
  [(1234.5).toLocaleString(), '1,234.5'],
  [1234n.toLocaleString(), '1,234'],
  [Object(1234).toLocaleString('en-US', { minimumFractionDigits: 1 }), '1,234.0'],
  [date.toLocaleString('en-US', zone), '3/5/2024, 4:07:09 PM'],
  [date.toLocaleDateString('en-US', zone), '3/5/2024'],
  [date.toLocaleTimeString('en-US', zone), '4:07:09 PM'],
  [date.toLocaleTimeString([], { ...zone, hour: '2-digit', minute: '2-digit' }), '04:07 PM'],
  [date.toLocaleDateString(undefined, { ...zone, weekday: 'long' }), 'Tuesday'],
  [date.toLocaleTimeString('en-US', { ...zone, weekday: 'long' }), 'Tuesday 4:07:09 PM'],
  [new Date(NaN).toLocaleString(), 'Invalid Date'],
  [[1234.5, null, undefined, 'x', [2000]].toLocaleString(), '1,234.5,,,x,2,000'],
  [new Uint16Array([1000, 2]).toLocaleString(), '1,000,2'],
]) {
  assert.strictEqual(text, expected);
}
assert.match(date.toLocaleString(), /^\d+\/\d+\/2024, \d+:\d\d:\d\d [AP]M$/);
assert.strictEqual(Number.prototype.toLocaleString.length, 0);
assert.throws(() => Number.prototype.toLocaleString.call('5'), TypeError);
assert.throws(() => Date.prototype.toLocaleString.call({}), TypeError);
assert.throws(() => date.toLocaleDateString('en', { timeStyle: 'short' }), TypeError);
