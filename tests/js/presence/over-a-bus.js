// Hubs on one bus know of each other's users; each tells its listeners of everybody once.

import assert from 'assert';
import http from 'http';
import { Hub } from 'krandog:hub';
import { Presence } from 'krandog:presence';
import { emitted } from '../../support/network.js';
import { pair } from '../../support/rooms.js';

const made = async () => {
  const hub = new Hub({ bus: 'presence' });
  const server = http.createServer({ hub }).listen(0);
  await emitted(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}`;
  return { hub, server, pair: () => pair(server, url) };
};
const observed = (hub, options) => {
  const presence = new Presence(hub, { grace: 0, ...options });
  const told = [];
  for (const name of ['join', 'update', 'leave']) {
    presence.on(name, (room, { id, info, sockets }) => {
      told.push([name, room, id, info, sockets].map((part) => JSON.stringify(part)).join(' '));
    });
  }
  return { presence, told, take: () => told.splice(0) };
};
const turns = async () => {
  for (let count = 0; count < 4; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

const [here, there] = [await made(), await made()];
const [one, other, second] = [await here.pair(), await there.pair(), await there.pair()];
const a = observed(here.hub);
a.presence.join(one.ws, 'lobby', 'ann', { color: 'blue' });
assert.deepStrictEqual(a.take(), ['"join" "lobby" "ann" {"color":"blue"} 1']);

// Who comes later is told of those who were there before.
const b = observed(there.hub);
await turns();
assert.deepStrictEqual(b.take(), ['"join" "lobby" "ann" {"color":"blue"} 1']);
assert.strictEqual(b.presence.count('lobby'), 1);
assert.deepStrictEqual(b.presence.rooms(), ['lobby']);
assert.deepStrictEqual(b.presence.get('lobby', 'ann').since, a.presence.get('lobby', 'ann').since);

// A user with sockets in both places counts once.
assert.strictEqual(b.presence.join(other.ws, 'lobby', 'ann'), false);
assert.strictEqual(b.presence.join(second.ws, 'lobby', 'bob', 1), true);
await turns();
assert.deepStrictEqual(b.take(), ['"join" "lobby" "bob" 1 1']);
assert.deepStrictEqual(a.take(), ['"join" "lobby" "bob" 1 1']);
for (const { presence } of [a, b]) {
  assert.deepStrictEqual(
    presence.members('lobby').map(({ id, info, sockets }) => [id, info, sockets]),
    [['ann', { color: 'blue' }, 2], ['bob', 1, 1]],
  );
}
b.presence.update(other.ws, 'lobby', { color: 'red' });
await turns();
for (const { take } of [a, b]) {
  assert.deepStrictEqual(take(), ['"update" "lobby" "ann" {"color":"red"} 2']);
}

// They have left with their last socket, wherever that is.
assert.strictEqual(b.presence.leave(other.ws, 'lobby'), false);
await turns();
assert.deepStrictEqual([...a.take(), ...b.take()], []);
assert.deepStrictEqual(a.presence.get('lobby', 'ann').info, { color: 'red' });
one.client.close();
await new Promise((resolve) => one.ws.addEventListener('close', resolve));
await turns();
for (const { take } of [a, b]) {
  assert.deepStrictEqual(take(), ['"leave" "lobby" "ann" {"color":"red"} 0']);
}

// Each listener hears of all, whatever others throw; another name, and another bus, are others'.
const apart = observed(here.hub, { name: 'apart' });
const nowhere = observed(new Hub({ bus: 'nowhere' }));
await turns();
assert.deepStrictEqual([apart.presence.rooms(), nowhere.presence.rooms()], [[], []]);

// What is told to a room by each place for its own sockets comes once.
there.hub.join(other.ws, 'lobby');
const guest = await here.pair();
for (const [presence, hub] of [[a.presence, here.hub], [b.presence, there.hub]]) {
  presence.on('join', (room, { id }) => {
    assert.strictEqual(hub.publish(room, id, { local: true }).forwarded, false);
  });
}
a.presence.join(guest.ws, 'lobby', 'eve');
await turns();
await Promise.all([other, guest, second].map(({ ws }) => ws.ping()));
assert.deepStrictEqual([other, guest, second].map(({ heard }) => heard.splice(0)),
  [['eve'], ['eve'], ['eve']]);

// A script has no such rooms, and no pattern of it sees what is said there.
for (const name of ['\u0001line/presence#1', '\u0001']) {
  assert.throws(() => here.hub.join(guest.ws, name), {
    code: 'ERR_OUT_OF_RANGE', message: /must not begin with the character U\+0001/,
  });
  assert.strictEqual(there.hub.publish(name, '[]').forwarded, false);
}
here.hub.subscribe(guest.ws, '*');
b.presence.update(second.ws, 'lobby', 2);
await turns();
await guest.ws.ping();
assert.deepStrictEqual(guest.heard, []);

// What others could not be told is refused, before anything has changed.
assert.throws(() => b.presence.join(other.ws, 'den', 'bob', 1n), {
  code: 'ERR_INVALID_ARG_VALUE', message: /^info must be JSON, since the hub has a bus: /,
});
assert.throws(() => b.presence.update(second.ws, 'lobby', 'x'.repeat(70_000)), {
  code: 'ERR_OUT_OF_RANGE', message: /^info has 70002 characters of JSON, more than the 65536 /,
});
assert.deepStrictEqual([b.presence.rooms(), there.hub.inRoom(other.ws, 'den')], [['lobby'], false]);

for (const options of [{ heartbeat: 1 }, { heartbeat: '5' }, { name: 5 }]) {
  const [name] = Object.keys(options);
  assert.throws(() => new Presence(here.hub, options), { message: new RegExp(`option ${name} `) });
}

// Who closes takes its users along.
a.take();
b.presence.close();
await turns();
assert.deepStrictEqual(a.take(), ['"leave" "lobby" "bob" 2 0']);
assert.deepStrictEqual(b.presence.members('lobby').map(({ id }) => id), ['bob']);
await here.server.close();
await there.server.close();
