// A history keeps so many messages, bytes and rooms, for so long.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { History } from 'krandog:history';
import { wait } from '../../support/network.js';

const encode = (data) => data;
const all = (history, room, { epoch }, from = 0) => history.since(room, { epoch, offset: from });

// A unit of text counts as two bytes.
const bytes = new History(new Hub(), { encode, bytes: 20 });
for (const text of ['aaaa', 'bbbb', 'cccc']) bytes.publish('a', text);
assert.strictEqual(bytes.bytes, 16);
assert.deepStrictEqual(all(bytes, 'a', bytes.position('a'), 1).messages, ['bbbb', 'cccc']);
bytes.publish('a', new Uint8Array(21));
// It was larger than all that may be kept.
assert.strictEqual(bytes.bytes, 0);
assert.strictEqual(all(bytes, 'a', bytes.position('a'), 3).status, 'lost');
assert.strictEqual(all(bytes, 'a', bytes.position('a'), 4).status, 'recovered');
bytes.publish('a', 'dd');
assert.deepStrictEqual(all(bytes, 'a', bytes.position('a'), 4).messages, ['dd']);

// The room that was published to longest ago gives way.
const total = new History(new Hub(), { encode, totalBytes: 24 });
for (const room of ['a', 'b', 'c']) total.publish(room, 'xxxx');
total.publish('a', 'yyyy');
assert.strictEqual(total.bytes, 24);
assert.strictEqual(all(total, 'a', total.position('a'), 1).messages.length, 1);
assert.strictEqual(all(total, 'b', total.position('b')).status, 'lost');
assert.strictEqual(all(total, 'c', total.position('c')).status, 'recovered');
total.publish('d', 'zzzz');
assert.strictEqual(all(total, 'c', total.position('c')).status, 'lost');
assert.strictEqual(all(total, 'd', total.position('d')).status, 'recovered');

const rooms = new History(new Hub(), { encode, rooms: 2 });
const known = rooms.publish('a', '1');
rooms.publish('b', '2');
rooms.publish('c', '3');
assert.deepStrictEqual([rooms.rooms, rooms.bytes], [2, 4]);
assert.strictEqual(rooms.since('a', known).status, 'lost');
// To look at rooms does not fill it either.
for (let count = 0; count < 100; count += 1) rooms.position(`room ${count}`);
assert.strictEqual(rooms.rooms, 2);

const brief = new History(new Hub(), { encode, age: 1 });
const old = brief.publish('a', 'old');
await wait(5);
assert.strictEqual(brief.since('a', { ...old, offset: 0 }).status, 'lost');
// Nothing was missed.
assert.strictEqual(brief.since('a', old).status, 'recovered');
assert.strictEqual(brief.bytes, 0);
assert.strictEqual(brief.publish('a', 'new').offset, 2);

// Many messages cost no more than the last of them.
const many = new History(new Hub(), { encode, messages: 10 });
for (let count = 0; count < 10_000; count += 1) many.publish('a', 'x');
assert.strictEqual(many.bytes, 20);
assert.strictEqual(many.position('a').offset, 10_000);
