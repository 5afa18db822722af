// close({ drain }) cuts off whoever is left when the time is over.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const sockets = [];
const { server, url } = await serve({ websocket: { open: (ws) => sockets.push(ws) } });
const ws = await open(url);
// It answers no Close frame, and would be waited for as long as closeTimeout says.
ws.pause();
const end = closing(ws);
await server.close({ drain: 30, code: 1012 });
const [accepted] = sockets;
assert.strictEqual(accepted.readyState, WebSocket.CLOSED);
assert.strictEqual(accepted.closeInfo.cause, 'shutdown');
ws.resume();
assert([1006, 1012].includes((await end).code));

// Nobody is left: it does not wait.
const second = await serve(() => {});
await second.server.close({ drain: 3_600_000, spread: 3_600_000 });

// A peer that answers is not cut off.
const third = await serve(() => {});
const polite = closing(await open(third.url));
await third.server.close({ drain: 3_600_000 });
assert.deepStrictEqual(await polite, { code: 1001, reason: '', wasClean: true });
