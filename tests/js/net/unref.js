// Servers and sockets that are unreferenced keep no process alive: this one ends by itself.

import net from 'net';

const server = net.createServer(() => {});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const client = net.connect(server.address().port, '127.0.0.1');
await new Promise((resolve) => { server.once('connection', resolve); })
  .then((socket) => socket.unref());
client.unref();
client.ref().unref();
server.unref();
