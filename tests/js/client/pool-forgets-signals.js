// A pool that is closed lets go of the signals of those who waited.

import assert from 'assert';
import { getEventListeners } from 'events';
import { Pool } from 'krandog:client';

const pool = new Pool({ max: 1, maxWaiting: 10 });
const { signal } = new AbortController();
const first = pool.connect('ws://127.0.0.1:9/');
const waiting = [1, 2, 3].map(() => pool.connect('ws://127.0.0.1:9/', { signal }));
assert.strictEqual(getEventListeners(signal, 'abort').length, 3);
const outcomes = Promise.allSettled([first, ...waiting]);
await pool.closeAll();
assert.deepStrictEqual((await outcomes).map(({ status }) => status), Array(4).fill('rejected'));
assert.strictEqual(getEventListeners(signal, 'abort').length, 0);
