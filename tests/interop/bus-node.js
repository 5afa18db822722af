// A node of a chat for the tests of brokers: says on standard output what its hub hears of its bus.

import http from 'http';
import { Hub } from 'krandog:hub';

const say = (...words) => console.log(JSON.stringify(words));

// Without a URL, the command line or the environment name the bus.
const hub = process.argv[2] ? new Hub({ bus: process.argv[2] }) : undefined;

const server = http.createServer({
  hub,
  websocket: {
    message(ws, text) {
      const [verb, room, data] = text.split(' ');
      if (verb === 'join') ws.join(room);
      if (verb === 'leave') ws.leave(room);
      if (verb === 'match') server.hub.subscribe(ws, room);
      if (verb === 'say') server.hub.publish(room, data, { except: ws });
      if (verb === 'id') ws.send(`${ws.id}`);
      if (verb === 'to') ws.send(`${server.hub.send(Number(room), data).forwarded}`);
      if (verb === 'all') server.hub.broadcast(room);
      if (verb === 'many') for (let i = 0; i < Number(data); i += 1) ws.join(`${room}${i}`);
      ws.send(`done ${verb}`);
    },
  },
});
server.health();
server.hub.on('gap', ({ reason }) => say('gap', reason));
server.hub.on('bus', ({ connected, code }) => say(connected ? 'up' : 'down', code ?? ''));
await server.listen({ port: 0, host: '127.0.0.1' });
say('port', server.address().port);
