// A server says that it closed a peer for its fault, once for each kind in a minute.

import http from 'http';

const server = http.createServer({ websocket: { maxPayload: 100 } }, () => {}).listen(0, () => {
  attempt(3);
});

function attempt(left) {
  if (left === 0) {
    server.close();
    return;
  }
  const ws = new WebSocket(`ws://localhost:${server.address().port}`);
  ws.onopen = () => ws.send('x'.repeat(101));
  ws.onclose = ({ code }) => {
    console.log(code);
    attempt(left - 1);
  };
}
