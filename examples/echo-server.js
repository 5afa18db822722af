// Sends every WebSocket message back to its sender: text as text, bytes as bytes.
//
//   krandog examples/echo-server.js
//   krandog test examples/echo-server.test.js
//
// Environment: PORT (3000; 0 picks a free one).

import http from 'http';

export const server = http.createServer((req) => {
  if (req.type === 'websocket') {
    req.ws.send(req.data);
    return; // A WebSocket message has no HTTP reply.
  }
  return { type: 'text', body: 'Open a WebSocket to this address, and it echoes.\n' };
});

if (import.meta.main) {
  server.listen(Number(process.env.PORT ?? 3000), () => {
    console.log(`Echo server: ws://localhost:${server.address().port}/`);
  });
}
