// A node of bench/bus/run.mjs: everybody is in one room, and says something there.

import http from 'http';

const server = http.createServer({
  bus: process.argv[2],
  websocket: {
    open(ws) { ws.join('room'); },
    message(ws, data) { ws.publish('room', data); },
  },
});
await new Promise((resolve) => { server.hub.once('bus', resolve); });
await server.listen({ port: 0, host: '127.0.0.1' });
console.log(server.address().port);
