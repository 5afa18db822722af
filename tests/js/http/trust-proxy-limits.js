// Behind a proxy, those for whom it speaks are counted, by their WebSockets, and not the proxy.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ trustProxy: 'loopback', maxConnectionsPerAddress: 2 });
const from = (address) => ({ headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
const inside = [];
for (const address of ['1.1.1.1', '1.1.1.1', '2.2.2.2', '2001:db8::1', '2001:db8::2']) {
  inside.push(await open(url, from(address)));
}
for (const address of ['1.1.1.1', '2001:db8::ffff']) {
  const refused = new WebSocket(url, from(address));
  assert.strictEqual((await event(refused, 'error')).status, 429, address);
}
inside[0].close();
await closing(inside[0]);
await open(url, from('1.1.1.1'));
assert.strictEqual(server.refused.maxConnectionsPerAddress, 2);
await server.close();
