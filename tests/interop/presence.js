// Who is there, in a worker or a node: clients join as users, and hear of each event once.

import http from 'http';
import { Presence } from 'krandog:presence';

const { id = 1 } = krandog.worker ?? {};

const server = http.createServer({
  websocket: {
    open: (ws) => void ws.send(`${id}`),
    message(ws, text) {
      const [verb, room, user] = text.split(' ');
      if (verb === 'join') presence.join(ws, room, user);
      if (verb === 'leave') presence.leave(ws, room);
      if (verb === 'list') {
        ws.send(presence.members(room).map((it) => `${it.id}:${it.sockets}`).sort().join(' '));
      }
      if (verb === 'fail') setTimeout(() => { throw new Error('failed'); });
    },
  },
}).health();
const presence = new Presence(server.hub, { grace: 0, heartbeat: 100 });
for (const event of ['join', 'leave']) {
  presence.on(event, (room, { id: user }) => {
    server.hub.publish(room, `${event} ${user}`, { local: true });
  });
}
server.listen({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
