// Every message goes to every client that has sent one: the heart of a chat in a dozen lines.
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

  // It is the same object for every message of a connection, so it can be looked for.
  if (!clients.includes(req.ws)) {
    clients.push(req.ws);
    req.ws.onclose = () => {
      clients = clients.filter((client) => client !== req.ws);
      console.log(`A client left, ${clients.length} remain`);
    };
    console.log(`A client joined, ${clients.length} in all`);
  }

  // Bytes arrive as a Uint8Array, text as a string, and each is sent as it came.
  clients.forEach((client) => {
    if (client.readyState === WebSocket.OPEN) client.send(req.data);
  });
});

server.listen(Number(process.env.PORT ?? 3000), () => {
  const { port } = server.address();
  console.log(`Broadcast server: ws://localhost:${port}/`);
});
