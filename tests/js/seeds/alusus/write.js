// Frames by their number: text, bytes, ping, pong and close; and the calls that need no number.

import assert from 'assert';
import { closing } from '../../../support/network.js';
import { pairs } from '../../../support/rooms.js';

const { server, pairs: [{ client, ws, heard }] } = await pairs(1);
const bytes = (text) => new TextEncoder().encode(text);
client.onping = ({ data }) => heard.push(['ping', data]);
client.onpong = ({ data }) => heard.push(['pong', data]);
ws.sendFrame(1, 'text');
ws.sendFrame(2, bytes('bytes'));
ws.sendFrame(9, bytes('?'));
ws.sendFrame(10, bytes('!'));
ws.send('text');
ws.send(bytes('bytes'));
await ws.ping('last');
assert.deepStrictEqual(heard, [
  'text', bytes('bytes'), ['ping', bytes('?')], ['pong', bytes('!')], 'text', bytes('bytes'),
  ['ping', bytes('last')],
]);
const end = closing(client);
ws.sendFrame(8, new Uint8Array([1000 >> 8, 1000 & 0xff]));
assert.strictEqual((await end).code, 1000);
await server.close();
