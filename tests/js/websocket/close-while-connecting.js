// close() before the socket has opened: error, then close with 1006, and never open.

import assert from 'assert';
import { closing, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const ws = new WebSocket(url);
const seen = [];
for (const name of ['open', 'error', 'close']) ws.addEventListener(name, () => seen.push(name));
const end = closing(ws);
ws.close();
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
assert.deepStrictEqual(await end, { code: 1006, reason: '', wasClean: false });
assert.deepStrictEqual(seen, ['error', 'close']);
await server.close();
