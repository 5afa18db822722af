// The same server as in the other files of this folder, on Bun.

import './live.js';

const clients = [];
let count = 0;
// DEFLATE=1: as the manual turns it on; there is no level to choose. DEFLATE=takeover: contexts are kept.
const deflate = Boolean(process.env.DEFLATE);
// TLS=folder: with the certificate in there.
const folder = process.env.TLS;

const server = Bun.serve({
  tls: folder ? {
    cert: Bun.file(`${folder}/cert.pem`),
    key: Bun.file(`${folder}/key.pem`),
  } : undefined,
  port: Number(process.env.PORT ?? 0),
  fetch(req, server) {
    const { pathname } = new URL(req.url);
    if (server.upgrade(req, { data: { pathname } })) return undefined;
    return new Response('Hello, World!', { headers: { 'Content-Type': 'text/plain' } });
  },
  websocket: {
    perMessageDeflate: process.env.DEFLATE === 'takeover'
      ? { compress: 'dedicated', decompress: 'dedicated' }
      : deflate,
    message(ws, data) {
      const { pathname } = ws.data;
      if (pathname === '/echo') {
        ws.send(data, deflate);
      } else if (pathname === '/json') {
        const message = JSON.parse(data);
        message.n += 1;
        ws.send(JSON.stringify(message));
      } else if (pathname === '/rooms') {
        count += 1;
        for (const room of ['all', `group ${count % 100}`, `own ${count}`]) ws.subscribe(room);
        ws.send(data);
      } else if (pathname === '/publish') {
        if (data.startsWith('hello')) {
          ws.subscribe('all');
          ws.send('welcome');
        } else {
          server.publish('all', 'Broadcast: ' + data, deflate);
        }
      } else if (data.startsWith('hello')) {
        clients.push(ws);
        ws.send('welcome');
      } else {
        clients.forEach((c) => {
          if (c.readyState === 1) c.send('Broadcast: ' + data);
        });
      }
    },
  },
});

console.log('listening ' + server.port);
