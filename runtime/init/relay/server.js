// A relay: what one peer sends reaches all others at the same path, without entering JavaScript.
//
//   krandog server.js        then open the address that it prints, twice
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';
import { files } from 'krandog:files';

export const server = http.createServer();

server.ws('/relay/:room', {
  open(ws) {
    ws.join(ws.params.room);
    // From here on, the server itself passes messages on: this many a second, and of this size.
    ws.relay(ws.params.room, { rate: 200, maxPayload: 64 * 1024 });
  },
  autoReply: [{ match: 'ping', reply: 'pong' }],
});

server.get('/rooms', () => ({
  json: server.hub.rooms().map((name) => ({ name, peers: server.hub.size(name) })),
}));

server.get('/*', files(new URL('./public', import.meta.url)));

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Relay: http://localhost:${server.address().port}/`);
});
