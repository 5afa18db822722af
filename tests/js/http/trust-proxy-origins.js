// A page is of this server where its origin is the host that the client has asked for, as a trusted
// proxy says.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

async function opens(options, headers) {
  const { server, url } = await serve(options);
  const client = new WebSocket(url, { headers: { Origin: 'https://chat.example.com', ...headers } });
  const opened = await Promise.race([
    event(client, 'open').then(() => true),
    closing(client).then(() => false),
  ]);
  await server.close();
  return opened;
}

const ours = { 'X-Forwarded-Host': 'chat.example.com' };
assert.strictEqual(await opens({}, ours), false);
assert.strictEqual(await opens({ trustProxy: '10.0.0.0/8' }, ours), false);
assert.strictEqual(await opens({ trustProxy: 'loopback' }, ours), true);
assert.strictEqual(await opens({ trustProxy: 'loopback' }, { 'X-Forwarded-Host': 'evil.example' }), false);
assert.strictEqual(await opens({ trustProxy: 'loopback' }, {}), false);
