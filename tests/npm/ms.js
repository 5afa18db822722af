// ms: durations both ways.
import assert from 'assert';
import ms from 'ms';

assert.deepEqual([ms('2 days'), ms(60000), ms('-3 min')], [172800000, '1m', -180000]);
