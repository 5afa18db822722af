// date-fns: days are added and formatted.
import assert from 'assert';
import { addDays, differenceInDays, format } from 'date-fns';

const day = new Date(2026, 1, 27);
assert.equal(format(addDays(day, 2), 'yyyy-MM-dd EEEE'), '2026-03-01 Sunday');
assert.equal(differenceInDays(addDays(day, 40), day), 40);
