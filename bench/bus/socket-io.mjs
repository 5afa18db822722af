// The same for Socket.IO with its Redis adapter.

import { createAdapter } from '@socket.io/redis-adapter';
import { createServer } from 'node:http';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const publisher = createClient({ url: process.argv[2] });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);
const server = createServer();
const io = new Server(server, {
  adapter: createAdapter(publisher, subscriber),
  perMessageDeflate: false,
  transports: ['websocket'],
});
io.on('connection', (socket) => {
  socket.join('room');
  socket.on('say', (text) => socket.to('room').emit('said', text));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
