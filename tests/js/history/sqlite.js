// A history in a database: what came after a position, for one who comes back after a restart.

import assert from 'assert';
import http from 'http';
import { Hub } from 'krandog:hub';
import { SqliteHistory } from 'krandog:history/sqlite';
import { Database } from 'krandog:sqlite';

const db = new Database();
const hub = new Hub();
const history = new SqliteHistory(hub, db, { messages: 3 });
const start = history.position('a');
assert.strictEqual(start.offset, 0);
for (const text of ['one', 'two', 'three', 'four']) history.publish('a', text);
const { epoch, offset } = history.position('a');
assert.deepStrictEqual([epoch, offset], [start.epoch, 4]);

// Another one, as after a restart.
const again = new SqliteHistory(hub, db, { messages: 3 });
const texts = (since) => since.messages.map((message) => JSON.parse(message).data);
assert.deepStrictEqual(again.position('a'), { epoch, offset: 4 });
const two = again.since('a', { epoch, offset: 2 });
assert.deepStrictEqual([two.status, texts(two)], ['recovered', ['three', 'four']]);
assert.deepStrictEqual(JSON.parse(two.messages[0]), { room: 'a', epoch, offset: 3, data: 'three' });
assert.strictEqual(again.since('a', { epoch, offset: 4 }).status, 'recovered');
for (const lost of [start, { epoch: 'x', offset: 4 }, { epoch, offset: 5 }, {}, 'x', { epoch, offset: -1 }]) {
  assert.strictEqual(again.since('a', lost).status, 'lost');
}
assert.strictEqual(again.since('a').status, 'fresh');
assert.strictEqual(again.since('a', null).status, 'fresh');
assert.strictEqual(again.publish('a', 5).offset, 5);

// Bytes, and what an encoder makes.
const bytes = new SqliteHistory(hub, db, { encode: (data, { offset: at }) => Uint8Array.of(data, at) });
const first = bytes.publish('b', 7);
const found = bytes.since('b', { epoch: first.epoch, offset: 0 }).messages;
assert.deepStrictEqual(found.map((message) => Array.from(message)), [[7, 1]]);
const odd = new SqliteHistory(hub, db, { encode: () => 5 });
assert.throws(() => odd.publish('b', 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(odd.position('b').offset, 1);
const inner = new SqliteHistory(hub, db, { encode: () => `${inner.publish && bytes.publish('c', 1).offset}` });
assert.throws(() => inner.publish('c', 1), { message: /encode published to the room 'c'/ });

// The oldest rooms are forgotten.
const few = new SqliteHistory(hub, new Database(), { rooms: 2 });
const { now } = Date;
let time = now();
Date.now = () => time;
for (const room of ['a', 'b', 'c']) {
  few.publish(room, 1);
  time += 1;
}
assert.strictEqual(few.position('c').offset, 1);
assert.strictEqual(few.position('a').offset, 0);

// And messages that are old.
const brief = new SqliteHistory(hub, new Database(), { age: 1000 });
const at = brief.publish('a', 'old');
time += 1000;
brief.publish('a', 'new');
const after = brief.since('a', { epoch: at.epoch, offset: 1 });
assert.deepStrictEqual([after.status, texts(after)], ['recovered', ['new']]);
assert.strictEqual(brief.since('a', { epoch: at.epoch, offset: 0 }).status, 'lost');
Date.now = now;
assert.strictEqual(brief.clear('a'), true);
assert.strictEqual(brief.clear('a'), false);
assert.notStrictEqual(brief.position('a').epoch, at.epoch);

assert.throws(() => new SqliteHistory({}, db), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new SqliteHistory(hub, 'a.db'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new SqliteHistory(hub, db, { bytes: 1 }), { message: /unknown option bytes/ });

// Sockets get what they have missed when they join.
const server = http.createServer((req) => {
  const { since, last } = JSON.parse(req.data);
  const { status, sent } = served.join(req.ws, 'a', { since, last });
  req.ws.send(`${status} ${sent}`);
}).listen(0, '127.0.0.1', () => {
  const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  ws.onopen = () => {
    ws.send(JSON.stringify({ since: { epoch, offset: 3 } }));
    ws.send(JSON.stringify({ last: 1 }));
  };
  const heard = [];
  ws.onmessage = ({ data }) => {
    heard.push(data);
    if (heard.length < 5) return;
    assert.deepStrictEqual(
      heard.map((text) => (text.startsWith('{') ? JSON.parse(text).data : text)),
      ['four', 5, 'recovered 2', 5, 'fresh 1'],
    );
    ws.close();
    server.close();
  };
});
const served = new SqliteHistory(server.hub, db);
