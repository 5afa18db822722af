import http from 'http';
const server = http.createServer((req, res) => { res.end('hello'); });
server.listen(0, async () => {
  const socket = new WebSocket(`ws://localhost:${server.address().port}/`);
  socket.onopen = () => socket.send('x');
  socket.onclose = () => server.close();
});

// at: 2:54
// names: res, end
// remedy: return
