// The same server as in the other files of this folder, on Deno.

import './live.js';

const clients = [];
// TLS=folder: with the certificate in there.
const folder = Deno.env.get('TLS');
const tls = folder ? {
  cert: Deno.readTextFileSync(`${folder}/cert.pem`),
  key: Deno.readTextFileSync(`${folder}/key.pem`),
} : undefined;

function websocket(socket, pathname) {
  socket.binaryType = 'arraybuffer';
  if (pathname === '/echo') {
    socket.onmessage = (event) => socket.send(event.data);
  } else if (pathname === '/json') {
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      message.n += 1;
      socket.send(JSON.stringify(message));
    };
  } else {
    socket.onmessage = ({ data }) => {
      if (data.startsWith('hello')) {
        clients.push(socket);
        socket.send('welcome');
        return;
      }
      clients.forEach((c) => {
        if (c.readyState === 1) c.send('Broadcast: ' + data);
      });
    };
  }
}

Deno.serve({
  ...tls,
  port: Number(Deno.env.get('PORT') ?? 0),
  onListen: ({ port }) => console.log('listening ' + port),
}, (req) => {
  if (req.headers.get('upgrade') === 'websocket') {
    const { socket, response } = Deno.upgradeWebSocket(req);
    websocket(socket, new URL(req.url).pathname);
    return response;
  }
  return new Response('Hello, World!', { headers: { 'Content-Type': 'text/plain' } });
});
