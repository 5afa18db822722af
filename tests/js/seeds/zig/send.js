// Text, bytes, ping and pong to one connection, and its close with a code and a reason.

import assert from 'assert';
import { closing } from '../../../support/network.js';
import { pairs } from '../../../support/rooms.js';

const { server, pairs: [{ client, ws, heard }] } = await pairs(1);
const text = (bytes) => new TextDecoder().decode(bytes);
client.onping = ({ data }) => heard.push(['ping', text(data)]);
client.onpong = ({ data }) => heard.push(['pong', text(data)]);
ws.send('text');
ws.send(new Uint8Array([1, 2, 3]));
ws.pong('unasked');
await ws.ping('heartbeat');
assert.deepStrictEqual(heard, [
  'text', new Uint8Array([1, 2, 3]), ['pong', 'unasked'], ['ping', 'heartbeat'],
]);
const ends = [closing(client), closing(ws)];
ws.close(1000, 'Goodbye');
for (const end of await Promise.all(ends)) {
  assert.deepStrictEqual(end, { code: 1000, reason: 'Goodbye', wasClean: true });
}
await server.close();
