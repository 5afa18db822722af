// sendFrame sends single frames: whole messages, fragments with control frames between them.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve } });
const client = await open(url);
const ws = await accepted.promise;
const heard = [];
client.addEventListener('message', ({ data }) => heard.push(data));
client.addEventListener('ping', ({ data }) => heard.push(['ping', ...data]));
client.addEventListener('pong', ({ data }) => heard.push(['pong', ...data]));

assert.strictEqual(ws.sendFrame(1, 'whole'), 7);
ws.sendFrame(2, new Uint8Array([1, 2]), { fin: false });
ws.sendFrame(9, new Uint8Array([7]));
ws.sendFrame(10);
ws.sendFrame(0, new Uint8Array([3]).buffer, { fin: false });
// Other messages wait for its end.
assert(ws.send('next') > 0);
server.hub.broadcast('broadcast');
assert.strictEqual(ws.bufferedAmount, 5 + 2 + 1 + 4 + 9);
ws.sendFrame(0, new Blob([new Uint8Array([4])]));
// Halves of a character.
const umlaut = new TextEncoder().encode('ü');
ws.sendFrame(1, umlaut.subarray(0, 1), { fin: false });
ws.sendFrame(0, umlaut.subarray(1));
ws.send('end');
while (heard.at(-1) !== 'end') await event(client, 'message');
assert.deepStrictEqual(heard, [
  'whole', ['ping', 7], ['pong'], new Uint8Array([1, 2, 3, 4]), 'next', 'broadcast', 'ü', 'end',
]);

// An outgoing socket masks.
const answer = event(ws, 'message');
client.sendFrame(1, 'a', { fin: false });
client.sendFrame(0, 'b');
assert.strictEqual((await answer).data, 'ab');

const ends = [closing(client), closing(ws)];
ws.sendFrame(8, new Uint8Array([0x0f, 0xa0, 0x62, 0x79, 0x65]));
for (const end of await Promise.all(ends)) {
  assert.deepStrictEqual(end, { code: 4000, reason: 'bye', wasClean: true });
}
assert.strictEqual(ws.sendFrame(1, 'late'), false);
await server.close();
