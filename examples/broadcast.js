// Sends every message to every client that has sent one: the heart of a chat room.
//
//   krandog examples/broadcast.js
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';

let clients = [];

const server = http.createServer((req) => {
  if (req.type !== 'websocket') {
    return { type: 'text', body: `${clients.length} clients. Open a WebSocket to this address.\n` };
  }

  // `req.ws` is the same object for every message of a connection, so it can be looked up.
  if (!clients.includes(req.ws)) {
    clients.push(req.ws);
    req.ws.onclose = () => {
      clients = clients.filter((client) => client !== req.ws);
      console.log(`A client left, ${clients.length} remain`);
    };
    console.log(`A client joined, ${clients.length} in all`);
  }

  // Binary messages arrive as a Uint8Array and text as a string; each is sent on as what it is.
  clients.forEach((client) => {
    if (client.readyState === WebSocket.OPEN) client.send(req.data);
  });
});

server.listen(Number(process.env.PORT ?? 3000), () => {
  const { port } = server.address();
  console.log(`Broadcast server: ws://localhost:${port}/`);
});
