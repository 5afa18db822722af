// A channel hands what is published to all subscribers.
import assert from 'assert';
import { channel, hasSubscribers, subscribe, unsubscribe } from 'diagnostics_channel';

const seen = [];
const listener = (data, name) => seen.push([name, data]);
assert.equal(channel('a'), channel('a'));
subscribe('a', listener);
assert.equal(hasSubscribers('a'), true);
channel('a').publish(1);
channel('b').publish(2);
assert.equal(unsubscribe('a', listener), true);
assert.equal(unsubscribe('a', listener), false);
channel('a').publish(3);
assert.deepEqual(seen, [['a', 1]]);
assert.throws(() => channel(5), { code: 'ERR_INVALID_ARG_TYPE' });
