// The end of a connection without a closing handshake, on either side.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws }) => ws.terminate());
const ws = await open(url);
ws.onerror = () => {};
const end = closing(ws);
ws.send('end it');
assert.deepStrictEqual(await end, { code: 1006, reason: ws.closeInfo.reason, wasClean: false });

const accepted = new Promise((resolve) => server.once('connection', resolve));
const other = await open(url);
const peer = await accepted;
const ends = [closing(other), closing(peer)];
other.terminate();
assert.notStrictEqual(other.readyState, WebSocket.OPEN);
for (const { code, wasClean } of await Promise.all(ends)) {
  assert.deepStrictEqual([code, wasClean], [1006, false]);
}
await server.close();
