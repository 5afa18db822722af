// dayjs: a day is moved and formatted, with a plugin.
import assert from 'assert';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
assert.equal(dayjs.utc('2026-02-28').add(1, 'day').format('YYYY-MM-DD dd'), '2026-03-01 Su');
