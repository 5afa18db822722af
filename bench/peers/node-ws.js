// The same server as in the other files of this folder, on Node.js with the ws package.

import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { WebSocketServer } from 'ws';
import './live.js';

const clients = [];
// DEFLATE=1: every message by itself; DEFLATE=takeover: both sides keep their contexts.
const each = process.env.DEFLATE !== 'takeover';
const perMessageDeflate = process.env.DEFLATE
  ? {
    threshold: 0,
    serverNoContextTakeover: each,
    clientNoContextTakeover: each,
    zlibDeflateOptions: { level: 1 },
  }
  : false;

// TLS=folder: with the certificate in there.
const folder = process.env.TLS;

function answer(req, res) {
  res.setHeader('Content-Type', 'text/plain');
  res.end('Hello, World!');
}

const server = folder
  ? https.createServer({
    cert: fs.readFileSync(`${folder}/cert.pem`),
    key: fs.readFileSync(`${folder}/key.pem`),
  }, answer)
  : http.createServer(answer);

const sockets = new WebSocketServer({ server, perMessageDeflate });

sockets.on('connection', (ws, req) => {
  if (req.url === '/echo') {
    ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
  } else if (req.url === '/json') {
    ws.on('message', (data) => {
      const message = JSON.parse(data);
      message.n += 1;
      ws.send(JSON.stringify(message));
    });
  } else {
    ws.on('message', (data) => {
      const text = data.toString();
      if (text.startsWith('hello')) {
        clients.push(ws);
        ws.send('welcome');
        return;
      }
      clients.forEach((c) => {
        if (c.readyState === 1) c.send('Broadcast: ' + text);
      });
    });
  }
});

server.listen(Number(process.env.PORT ?? 0), () => {
  console.log('listening ' + server.address().port);
});
