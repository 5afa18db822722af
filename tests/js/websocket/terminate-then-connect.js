// A socket that is opened in the place of one that was just terminated does not take its close
// event.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const first = await open(url);
const end = closing(first);
first.terminate();
const second = new WebSocket(url);
await event(second, 'open');
assert.strictEqual((await end).code, 1006);
assert.strictEqual(first.readyState, WebSocket.CLOSED);
assert.strictEqual(second.readyState, WebSocket.OPEN);
await server.close();
