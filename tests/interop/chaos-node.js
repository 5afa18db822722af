// A node of a chat for the chaos tests: says what its hub misses, and has its clients tell each other.

import http from 'http';
import { Hub } from 'krandog:hub';

const say = (what) => console.log(JSON.stringify(what));

const hub = new Hub({ bus: process.argv[2] });
hub.on('gap', ({ room, reason }) => say({ gap: reason, room: room ?? null }));
hub.on('bus', ({ connected }) => say({ connected }));

const server = http.createServer({
  hub,
  websocket: {
    message(ws, text) {
      const [verb, room, data] = text.split(' ');
      if (verb === 'join') ws.join(room);
      if (verb === 'leave') ws.leave(room);
      if (verb === 'say') hub.publish(room, data);
    },
  },
});
await server.listen({ port: 0, host: '127.0.0.1' });
say({ port: server.address().port });
