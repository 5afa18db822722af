import http from 'http';

const server = http.createServer();
server.ws('/chat/:room', {
  onOpen(ws) {
    ws.join(ws.params.room);
  },
});
server.listen(0);

// at: 4:10
// names: onOpen
// remedy: did you mean open?
