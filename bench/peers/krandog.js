// The same server as in the other files of this folder, on krandog.

import http from 'http';

const clients = [];

const server = http.createServer((req) => {
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
