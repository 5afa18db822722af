// Who comes back within the grace, in another place, has not been away.

import assert from 'assert';
import http from 'http';
import { Hub } from 'krandog:hub';
import { Presence } from 'krandog:presence';
import { emitted } from '../../support/network.js';
import { pair } from '../../support/rooms.js';

const made = async () => {
  const hub = new Hub({ bus: 'back' });
  const server = http.createServer({ hub }).listen(0);
  await emitted(server, 'listening');
  const socket = () => pair(server, `ws://127.0.0.1:${server.address().port}`);
  return { server, socket, presence: new Presence(hub, { grace: 3_600_000 }) };
};
const turns = async () => {
  for (let count = 0; count < 4; count += 1) await new Promise((resolve) => setImmediate(resolve));
};
const [here, there] = [await made(), await made()];
const told = [];
for (const { presence } of [here, there]) {
  for (const name of ['join', 'leave']) presence.on(name, (_, { id }) => told.push(`${name} ${id}`));
}
const sockets = () => [here, there].map(({ presence }) => presence.get('a', 'ann')?.sockets);

const first = await here.socket();
here.presence.join(first.ws, 'a', 'ann');
first.client.close();
await new Promise((resolve) => first.ws.addEventListener('close', resolve));
await turns();
assert.deepStrictEqual(sockets(), [0, 0]);
const next = await there.socket();
assert.strictEqual(there.presence.join(next.ws, 'a', 'ann'), false);
await turns();
assert.deepStrictEqual(sockets(), [1, 1]);
assert.deepStrictEqual(told.splice(0), ['join ann', 'join ann']);

// The place where they were does not wait for them any more.
assert.strictEqual(there.presence.leave(next.ws, 'a'), true);
await turns();
assert.deepStrictEqual(sockets(), [undefined, undefined]);
assert.deepStrictEqual(told, ['leave ann', 'leave ann']);
await here.server.close();
await there.server.close();
