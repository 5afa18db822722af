// Node.js as the peer of `net`, `tls`, `dgram` and servers of Node's shape, in both directions.

import { createHash, randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { equal, krandog, within } from '../support/peer.mjs';

const ca = readFileSync(new URL('../certificates/ca.pem', import.meta.url));
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
const all = async (stream) => Buffer.concat(await stream.toArray());
const bytes = randomBytes(3_000_000);

const server = krandog('interop/net.js');
const { plainPort, securePort, webPort, udpPort } = JSON.parse(await server.line());
const host = '127.0.0.1';

// Echoes, each with both sides ended.
for (let round = 0; round < 3; round++) {
  const plain = net.connect(plainPort, host);
  plain.end(bytes);
  equal(digest(await within(20, all(plain))), digest(bytes));
}
const secure = tls.connect({ port: securePort, host, servername: 'localhost', ca, ALPNProtocols: ['echo'] });
await within(10, once(secure, 'secureConnect'));
equal([secure.authorized, secure.alpnProtocol], [true, 'echo']);
secure.end(bytes);
equal(digest(await within(20, all(secure))), digest(bytes));

const socket = dgram.createSocket('udp4');
socket.send('datagram', udpPort, host);
const [message] = await within(10, once(socket, 'message'));
equal(String(message), 'datagram');
socket.close();

const agent = new http.Agent({ keepAlive: true });
for (const method of ['POST', 'PUT']) {
  const request = http.request({ port: webPort, host, method, agent });
  request.end(bytes);
  const [response] = await within(10, once(request, 'response'));
  equal([response.statusCode, response.headers['x-method']], [200, method]);
  equal(digest(await within(20, all(response))), digest(bytes));
}
agent.destroy();
const request = http.request({
  port: webPort, host, headers: { Connection: 'Upgrade', Upgrade: 'echo' },
});
request.end();
const [, upgraded] = await within(10, once(request, 'upgrade'));
upgraded.end('upgraded');
equal(String(await within(10, all(upgraded))), 'upgraded');
await server.end();
