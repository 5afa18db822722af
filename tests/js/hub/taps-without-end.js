// A room has so many taps at the most, and those of a hub that nobody has any more are gone with it.

import assert from 'assert';
import { Hub } from 'krandog:hub';

const hub = new Hub();
const stops = Array.from({ length: 100 }, () => hub.tap('a', () => {}));
assert.throws(() => hub.tap('a', () => {}),
  { code: 'ERR_OUT_OF_RANGE', message: /^cannot tap 'a': the room has 100 taps already/ });
hub.tap('b', () => {});
assert.strictEqual(stops[0](), true);
hub.tap('a', () => {});

// What a tap holds is let go of with the hub.
const held = [];
for (let count = 0; count < 20; count += 1) {
  const large = new Uint8Array(1 << 16);
  held.push(new WeakRef(large));
  new Hub().tap('a', () => large);
}
const isHeld = () => held.filter((ref) => ref.deref() !== undefined).length;
// Until garbage has been collected: that comes with enough of it. To look is to hold for a moment.
for (let round = 1; round < 1000; round += 1) {
  Array.from({ length: 5000 }, (_, at) => ({ at }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (round % 25 === 0 && isHeld() <= 1) break;
}
assert(isHeld() <= 1, `${isHeld()} of 20 are still held`);
