// A client without callbacks: it sends, receives the answer and closes.

import assert from 'assert';
import { serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => void ws.send(`answer to ${data}`));
const ws = new WebSocket(url, { queue: true });
ws.send('a question');
const answer = await ws.receive();
assert.strictEqual(typeof answer, 'string');
assert.strictEqual(answer, 'answer to a question');
ws.close();
// Closed, and nothing is left.
assert.strictEqual(await ws.receive(), null);
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
await server.close();
