// The `origin` of a message has no credentials.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { open: (ws) => void ws.send('hello') } }, () => '');
const ws = new WebSocket(`${url.replace('ws://', 'ws://ada:secret@')}/path@x`);
const { origin } = await event(ws, 'message');
assert.strictEqual(origin, url);
ws.close();
await server.close();
