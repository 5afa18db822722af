// Zones by name, as far as the system knows them, and by their distance from UTC.
import assert from 'assert';

const winter = new Date(Date.UTC(2024, 0, 5, 3, 4, 5));
const summer = new Date(Date.UTC(2034, 6, 5, 3, 4, 5));
const shown = (timeZone, date) => new Intl.DateTimeFormat('en-US', {
  timeZone, dateStyle: 'short', timeStyle: 'long',
}).format(date);

assert.strictEqual(shown('gmt', winter), '1/5/24, 3:04:05 AM UTC');
assert.strictEqual(shown('+05:30', winter), '1/5/24, 8:34:05 AM GMT+5:30');
assert.strictEqual(shown('-0800', winter), '1/4/24, 7:04:05 PM GMT-8');
let known = true;
try {
  shown('America/New_York', winter);
} catch (error) {
  // A machine without the database of zones.
  assert.ok(error instanceof RangeError);
  known = false;
}
if (known) {
  assert.strictEqual(shown('America/New_York', winter), '1/4/24, 10:04:05 PM EST');
  assert.strictEqual(shown('america/new_york', summer), '7/4/34, 11:04:05 PM EDT');
  assert.strictEqual(shown('Europe/Berlin', summer), '7/5/34, 5:04:05 AM GMT+2');
  assert.strictEqual(
    new Intl.DateTimeFormat('en', { timeZone: 'Asia/Kolkata', timeZoneName: 'longOffset' })
      .format(winter),
    '1/5/2024, GMT+05:30',
  );
}
for (const wrong of ['Nowhere/At_All', '../../etc/passwd', '', '+25:00']) {
  assert.throws(() => new Intl.DateTimeFormat('en', { timeZone: wrong }), {
    name: 'RangeError', message: `Invalid time zone specified: ${wrong}`,
  });
}
