// Programs of docs/coming-from.md that serve pages beside WebSockets, on one server each. Prints a
// port, whose /ports has those of the others.

import http from 'http';

const ports = {};

function listen(name, server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      ports[name] = server.address().port;
      resolve();
    });
  });
}

// The first krandog: one handler for both.
await listen('krandog', http.createServer((req) => {
  if (req.type === 'websocket') {
    req.ws.send(`Echo: ${req.data}`);
    return;
  }
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'HTTP with WebSockets' };
}));

// Alusus: handlers for a path, and a page on all others.
const alusus = http.createServer(() => ({ type: 'html', body: '<h1>WebSocket Server</h1>' }));
alusus.ws('/websocket', {
  open: (ws) => void ws.send('Welcome!'),
  message: (ws, data) => void ws.send(data),
});
await listen('alusus', alusus);

// Vais: a server that has HTTP already, of which some requests are upgraded.
const vais = http.createServer();
vais.get('/', () => 'an HTTP server');
vais.ws('/upgrade', async (ws) => {
  for await (const data of ws) ws.send(data);
});
await listen('vais', vais);

// Zig: the chat application with its page.
const zig = http.createServer();
zig.get('/', () => ({ type: 'html', body: '<!doctype html><div id="messages"></div>' }));
zig.ws('/chat', {
  open: (ws) => void ws.join('general'),
  message: (ws, data) => void zig.hub.publish('general', data),
});
await listen('zig', zig);

const list = http.createServer(() => ({ json: ports }));
list.listen(0, '127.0.0.1', () => console.log(list.address().port));
