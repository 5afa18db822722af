// Listeners that join and leave without end keep nobody else waiting: timers fire, messages come.

import assert from 'assert';
import { ask, event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ client, ws }, other] } = await pairs(2, {
  websocket: { message: (from, data) => void from.send(data) },
});
const { hub } = server;
let told = 0;
const again = () => {
  told += 1;
  hub.join(ws, 'a');
};
const away = () => hub.leave(ws, 'a');
hub.on('vacated', again);
hub.on('occupied', away);
hub.join(ws, 'a');
await new Promise((resolve) => setTimeout(resolve, 1));
assert.strictEqual(await ask(other.client, 'hello'), 'hello');
assert(told > 0);

// None is lost, and they come in their order.
hub.off('vacated', again).off('occupied', away);
hub.leave(ws);
await new Promise((resolve) => setTimeout(resolve, 1));
const events = [];
hub.on('occupied', (room) => events.push(`+${room}`)).on('vacated', (room) => events.push(`-${room}`));
const expected = [];
for (let count = 0; count < 3000; count += 1) {
  hub.join(ws, `room ${count}`);
  hub.leave(ws, `room ${count}`);
  expected.push(`+room ${count}`, `-room ${count}`);
}
while (events.length < expected.length) await new Promise((resolve) => setTimeout(resolve, 1));
assert.deepStrictEqual(events, expected);
const closed = event(client, 'close');
client.close();
await closed;
await server.close();
