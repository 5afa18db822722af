// A node of a chat. It knows nothing of the others: the bus of its hub does.
//
// krandog --bus nats://localhost chat.js 3001

import http from 'http';

const port = Number(process.argv[2] ?? 3001);

const page = `<!doctype html>
<meta charset="utf-8">
<title>Chat, port ${port}</title>
<style>body { font: 1.1em system-ui; max-width: 40em; margin: 2em auto } input { width: 100% }</style>
<h1>Port ${port}</h1>
<ul id="lines"></ul>
<form><input placeholder="Say something, and read it on the other ports" autofocus></form>
<script>
  const socket = new WebSocket(location.href.replace('http', 'ws'));
  const show = (text) => {
    const line = document.createElement('li');
    line.textContent = text;
    lines.append(line);
  };
  socket.onmessage = (event) => show(event.data);
  socket.onclose = () => show('The connection is closed: load the page again.');
  document.forms[0].onsubmit = (event) => {
    event.preventDefault();
    const input = event.target.elements[0];
    socket.send(input.value);
    input.value = '';
  };
</script>
`;

const server = http.createServer({
  websocket: {
    open: (ws) => void ws.join('chat'),
    message: (ws, text) => void server.hub.publish('chat', `${port}: ${text}`),
  },
}, () => ({ type: 'text/html; charset=utf-8', body: page }));

// What was said meanwhile may not have come: people are told, since a chat keeps nothing.
server.hub.on('gap', ({ reason }) => {
  if (reason === 'reconnect') server.hub.broadcast('Some lines may be missing here.');
});

server.listen(port, () => {
  if (krandog.worker.isPrimary) console.log(`http://localhost:${server.address().port}/`);
});
