// localAddress: the address of this machine that a socket connects from.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws }) => void ws.send(ws.remoteAddress));
const ws = await open(url, { localAddress: '127.0.0.3' });
ws.send('who am I?');
assert.strictEqual((await event(ws, 'message')).data, '127.0.0.3');
ws.close();

// No address of this machine, and none of the family.
for (const localAddress of ['192.0.2.1', '::1']) {
  const failed = new WebSocket(url, { localAddress });
  assert.strictEqual((await event(failed, 'error')).code, 'EADDRNOTAVAIL');
}
for (const localAddress of ['localhost', 1, '', '1.2.3.4:5']) {
  assert.throws(() => new WebSocket(url, { localAddress }), { code: 'ERR_INVALID_ARG_TYPE' });
}
await server.close();
