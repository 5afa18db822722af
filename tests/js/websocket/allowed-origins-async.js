// allowedOrigins may be an async function: its promise is waited for, not taken for a yes.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    allowedOrigins: async (origin) => origin === 'https://good.example',
    protocols: async (offered) => offered[1],
  },
});
const bad = new WebSocket(url, { headers: { Origin: 'https://bad.example' } });
assert.strictEqual((await event(bad, 'error')).status, 403);
const good = await open(url, {
  headers: { Origin: 'https://good.example' },
  protocols: ['one', 'two'],
});
assert.strictEqual(good.protocol, 'two');
await server.close();
