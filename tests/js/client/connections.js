// connections(): the outgoing sockets that are not closed, with what has gone over them.

import assert from 'assert';
import { connections } from 'krandog:client';
import { ask, closing, event, open, serve } from '../../support/network.js';

let accepted;
const { server, url } = await serve({
  websocket: { open: (ws) => void (accepted = ws) },
}, ({ ws, data }) => void ws.send(data));
assert.deepStrictEqual(connections(), []);

const first = await open(`${url}/first`, { reconnect: { minDelay: 1, maxDelay: 1 } });
const ofFirst = accepted;
const second = new WebSocket(`${url}/second`);
const states = () => connections().map(({ id, url, state }) => [id, url, state]);
assert.deepStrictEqual(states(), [
  [first.id, `${url}/first`, 'open'], [second.id, `${url}/second`, 'connecting'],
]);
await event(second, 'open');

await ask(first, 'abc');
await ask(first, new Uint8Array(7));
first.send('é');
const [shown] = connections();
assert.strictEqual(shown.socket, first);
assert.strictEqual(shown.buffered, 2);
assert.deepStrictEqual(shown.sent, { messages: 3, bytes: 12 });
assert.deepStrictEqual(shown.received, { messages: 2, bytes: 10 });
await event(first, 'message');

// The counts go on over its next connection, and it stays in the list while it waits for that.
first.onreconnecting = () => assert.deepStrictEqual(states()[0], [first.id, `${url}/first`, 'connecting']);
const back = event(first, 'reconnected');
ofFirst.terminate();
await back;
await ask(first, 'x');
assert.deepStrictEqual(connections()[0].sent, { messages: 4, bytes: 13 });
assert.deepStrictEqual(connections()[0].received, { messages: 4, bytes: 13 });

first.close();
assert.strictEqual(connections()[0].state, 'closing');
await closing(first);
assert.deepStrictEqual(states(), [[second.id, `${url}/second`, 'open']]);
second.close();
await closing(second);
assert.deepStrictEqual(connections(), []);
await server.close();
