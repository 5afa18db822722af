// A name server that answers over TCP with what was not asked is left at once.

import assert from 'assert';
import { createSocket } from 'dgram';
import { Resolver } from 'dns/promises';
import net from 'net';

// Says over UDP that the answer is too long.
const udp = createSocket('udp4');
udp.on('message', (question, { port, address }) => {
  const answer = Buffer.from(question);
  answer[2] |= 0x82;
  udp.send(answer, port, address);
});
await new Promise((resolve) => udp.bind(0, '127.0.0.1', resolve));
const { port } = udp.address();
for (const spoil of [(answer) => { answer[0] ^= 1; }, (answer) => { answer[2] |= 0x82; }]) {
  let connections = 0;
  const tcp = net.createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.once('data', (question) => {
      const answer = Buffer.from(question.subarray(2));
      answer[2] |= 0x80;
      spoil(answer);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer, Buffer.alloc(100)]));
    });
  });
  await new Promise((resolve) => tcp.listen(port, '127.0.0.1', resolve));
  const resolver = new Resolver({ tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  await assert.rejects(resolver.resolve4('example.org'), { code: 'EBADRESP' });
  assert.strictEqual(connections, 1);
  await new Promise((resolve) => tcp.close(resolve));
}
udp.close();
