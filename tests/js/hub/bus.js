// Hubs that name the same bus hear each other's rooms. What a result counts is of one hub.

import assert from 'assert';
import http from 'http';
import { Hub } from 'krandog:hub';
import { emitted } from '../../support/network.js';
import { pair, settled } from '../../support/rooms.js';

const made = async (options) => {
  const hub = new Hub(options);
  const server = http.createServer({ hub }).listen(0);
  await emitted(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}`;
  return { hub, server, all: [await pair(server, url), await pair(server, url)] };
};
const [here, there, alone, nowhere] = [
  await made({ bus: 'a' }), await made({ bus: 'a' }), await made({ bus: 'b' }), await made({}),
];
const sides = [here, there, alone, nowhere];
const heard = async () => {
  // What another hub has sent is on its way in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  for (const { all } of sides) await settled(all);
  return sides.map(({ all }) => all.map((one) => one.heard.splice(0).join()));
};

for (const { hub, all: [one] } of sides) hub.join(one.ws, 'room');
assert.deepStrictEqual(here.hub.publish('room', '1'), { sent: 1, dropped: 0, forwarded: true });
assert.deepStrictEqual(here.hub.publish('room', new Uint8Array([2])),
  { sent: 1, dropped: 0, forwarded: true });
assert.deepStrictEqual(alone.hub.publish('room', '3'), { sent: 1, dropped: 0, forwarded: false });
assert.deepStrictEqual(nowhere.hub.publish('room', '4'), { sent: 1, dropped: 0, forwarded: false });
assert.deepStrictEqual(await heard(), [['1,2', ''], ['1,2', ''], ['3', ''], ['4', '']]);

// Rooms that nobody is in there, or nobody any more, are not forwarded.
assert.strictEqual(here.hub.publish('elsewhere', '1').forwarded, false);
there.hub.join(there.all[1].ws, 'elsewhere');
assert.strictEqual(here.hub.publish('elsewhere', '2').forwarded, true);
there.hub.leave(there.all[1].ws, 'elsewhere');
assert.strictEqual(here.hub.publish('elsewhere', '3').forwarded, false);
there.hub.subscribe(there.all[1].ws, 'game.*');
assert.deepStrictEqual(here.hub.publish('game.1', '4'), { sent: 0, dropped: 0, forwarded: true });
// Who has left meanwhile does not hear it.
assert.deepStrictEqual(await heard(), [['', ''], ['', '4'], ['', ''], ['', '']]);

// Rooms that are left out are left out everywhere; sockets are those of this hub.
there.hub.join(there.all[0].ws, 'muted');
here.hub.publish('room', '5', { except: ['muted', here.all[0].ws] });
assert.deepStrictEqual(await heard(), [['', ''], ['', ''], ['', ''], ['', '']]);
here.hub.publish('room', '6', { except: here.all[0].ws });
assert.deepStrictEqual(await heard(), [['', ''], ['6', ''], ['', ''], ['', '']]);

assert.deepStrictEqual(here.hub.broadcast('7'), { sent: 2, dropped: 0, forwarded: true });
assert.strictEqual(here.hub.send(here.all[0].ws, '8').forwarded, false);
assert.deepStrictEqual(await heard(), [['7,8', '7'], ['7', '7'], ['', ''], ['', '']]);

// Rules too, and in order.
here.hub.relay(here.all[1].ws, 'room');
const { client } = here.all[1];
for (let count = 0; count < 300; count += 1) client.send(String(count));
await settled(here.all);
const all = Array.from({ length: 300 }, (_, count) => count).join();
assert.deepStrictEqual(await heard(), [[all, ''], [all, ''], ['', ''], ['', '']]);

for (const bus of ['', 5, null, {}]) {
  assert.throws(() => new Hub({ bus }), { message: /option bus must be the name of a bus/ });
}
for (const { server } of sides) await server.close();
