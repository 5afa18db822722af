// The upgrade hook cannot set a header that belongs to the opening handshake.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: { upgrade: () => ({ headers: { 'Sec-WebSocket-Accept': 'mine' } }) },
});
assert.strictEqual((await event(new WebSocket(url), 'error')).status, 500);
await server.close();
