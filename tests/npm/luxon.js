// luxon: dates in zones, and the time between them.
import assert from 'assert';
import { DateTime, Duration } from 'luxon';

const then = DateTime.fromISO('2024-03-31T01:30:00', { zone: 'Europe/Berlin' });
assert.equal(then.plus({ hours: 1 }).toISO(), '2024-03-31T03:30:00.000+02:00');
assert.equal(then.setZone('America/New_York').hour, 20);
assert.equal(Duration.fromObject({ minutes: 150 }).shiftTo('hours', 'minutes').toISO(), 'PT2H30M');
assert.equal(DateTime.fromISO('2024-13-01').isValid, false);
