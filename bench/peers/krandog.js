// The same server as in the other files of this folder, on krandog.

import http from 'http';
import './live.js';

const clients = [];
// DEFLATE=1: every message by itself; DEFLATE=takeover: both sides keep their contexts.
const each = process.env.DEFLATE !== 'takeover';
const perMessageDeflate = process.env.DEFLATE
  ? { threshold: 0, level: 1, serverNoContextTakeover: each, clientNoContextTakeover: each }
  : false;

// TLS=folder: with the certificate in there.
const folder = process.env.TLS;
const tls = folder ? { cert: `${folder}/cert.pem`, key: `${folder}/key.pem` } : undefined;

const server = http.createServer({ tls, websocket: { perMessageDeflate } }, (req) => {
  if (req.type !== 'websocket') {
    return { status: 200, type: 'text/plain', body: 'Hello, World!' };
  }
  const { ws, data, pathname } = req;
  if (pathname === '/echo') {
    ws.send(data);
  } else if (pathname === '/json') {
    const message = JSON.parse(data);
    message.n += 1;
    ws.send(JSON.stringify(message));
  } else if (pathname === '/relay') {
    ws.join(String(ws.id));
    ws.relay(String(ws.id), { except: 'none' });
    ws.send(data);
  } else if (pathname === '/rooms') {
    for (const room of ['all', `group ${ws.id % 100}`, `own ${ws.id}`]) ws.join(room);
    ws.send(data);
  } else if (pathname === '/publish') {
    if (data.startsWith('hello')) {
      ws.join('all');
      ws.send('welcome');
    } else {
      server.hub.publish('all', 'Broadcast: ' + data);
    }
  } else if (data.startsWith('hello')) {
    clients.push(ws);
    ws.send('welcome');
  } else {
    clients.forEach((c) => {
      if (c.readyState === 1) c.send('Broadcast: ' + data);
    });
  }
});

server.listen(Number(process.env.PORT ?? 0), () => {
  console.log('listening ' + server.address().port);
});
