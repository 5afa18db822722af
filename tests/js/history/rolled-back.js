// A message is sent once it is kept, and rooms are counted as they are, whatever was rolled back.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { SqliteHistory } from 'krandog:history/sqlite';
import { Database } from 'krandog:sqlite';

const db = new Database();
const hub = new Hub();
const sent = [];
const { publish } = hub;
hub.publish = (room, message, options) => {
  sent.push([room, message, db.isTransaction]);
  return publish.call(hub, room, message, options);
};
const history = new SqliteHistory(hub, db, { rooms: 3, encode: (data) => data });
history.publish('a', 'first');
assert.deepStrictEqual(sent, [['a', 'first', false]]);

// What the hub refuses is neither sent nor kept.
assert.throws(() => history.publish('a', 'second', 5));
assert.throws(() => history.publish('a', 'second', { except: 'a', nonsense: true }));
assert.strictEqual(history.position('a').offset, 1);
assert.strictEqual(sent.length, 1);

// What cannot be committed is not sent.
const other = new SqliteHistory(hub, db, {
  encode(data) {
    db.exec('COMMIT');
    return data;
  },
});
assert.throws(() => other.publish('a', 'third'));
assert.strictEqual(sent.length, 1);

const rooms = () => db.query('SELECT room FROM krandog_rooms ORDER BY room').values().flat();
function undone(work) {
  assert.throws(db.transaction(() => {
    work();
    throw new Error('undone');
  }), { message: 'undone' });
}
for (let count = 0; count < 20; count++) undone(() => history.publish(`x${count}`, 'x'));
for (const room of ['b', 'c']) history.publish(room, 'x');
assert.deepStrictEqual(rooms(), ['a', 'b', 'c']);
for (let count = 0; count < 20; count++) undone(() => history.clear('a'));
for (let count = 0; count < 20; count++) history.publish(`y${count}`, 'x');
assert.strictEqual(rooms().length, 3);
