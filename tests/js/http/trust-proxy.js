// With trustProxy, a request comes from whom the proxies say, up to the first that is not believed;
// without it, forwarding fields are fields like any other.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

// A client that any address of this machine may be.
async function seen(options, headers, localAddress = '127.0.0.1') {
  let found;
  const { server, url } = await serve({
    ...options,
    websocket: {
      upgrade: (req) => {
        found = [req.remoteAddress, req.remotePort, req.protocol, req.host];
      },
      open: (ws) => found.push(ws.remoteAddress, ws.url),
    },
  });
  const client = new WebSocket(`${url}/x`, { headers, localAddress });
  await event(client, 'open');
  await server.close();
  const { port } = server.address() ?? new URL(url);
  if (found[1] > 1024 && found[0] === localAddress) found[1] = 'port';
  return found.map((value) => (typeof value === 'string' ? value.replace(`:${port}`, ':PORT') : value));
}

const spoofed = { 'X-Forwarded-For': '6.6.6.6, 1.2.3.4' };
const direct = ['127.0.0.1', 'port', 'http', '127.0.0.1:PORT', '127.0.0.1', 'ws://127.0.0.1:PORT/x'];
for (const trustProxy of [undefined, false, 0, [], '10.0.0.0/8', ['10.0.0.1', 'private']]) {
  assert.deepStrictEqual(await seen({ trustProxy }, spoofed), direct, String(trustProxy));
}
const from = (address) =>
  [address, undefined, 'http', '127.0.0.1:PORT', address, 'ws://127.0.0.1:PORT/x'];
for (const trustProxy of ['loopback', ['127.0.0.0/8'], '10.0.0.1, 127.0.0.1', 1]) {
  assert.deepStrictEqual(await seen({ trustProxy }, spoofed), from('1.2.3.4'), String(trustProxy));
}
assert.deepStrictEqual(await seen({ trustProxy: true }, spoofed), from('6.6.6.6'));
assert.deepStrictEqual(await seen({ trustProxy: 2 }, spoofed), from('6.6.6.6'));
const elsewhere = [...direct];
elsewhere[0] = elsewhere[4] = '127.0.0.2';
assert.deepStrictEqual(await seen({ trustProxy: ['127.0.0.1'] }, spoofed, '127.0.0.2'), elsewhere);

const headers = {
  'X-Forwarded-For': '1.2.3.4:4711',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'chat.example.com',
  Forwarded: 'for="[2001:db8::1]";proto=https;host=other.example.com:8443',
};
assert.deepStrictEqual(await seen({ trustProxy: 'loopback' }, headers), [
  '1.2.3.4', 4711, 'https', 'chat.example.com', '1.2.3.4', 'wss://chat.example.com/x',
]);
assert.deepStrictEqual(await seen({ trustProxy: 'loopback', trustProxyHeader: 'forwarded' }, headers), [
  '2001:db8::1', undefined, 'https', 'other.example.com:8443', '2001:db8::1',
  'wss://other.example.com:8443/x',
]);
