// Sends 100 000 messages to a server of its own from one handler.

import http from 'http';

const count = 100000;
const server = http.createServer(({ ws, data }) => ws.send(data) && undefined).listen(0);
server.once('listening', () => {
  const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  let next = 0;
  ws.onopen = () => {
    for (let index = 0; index < count; index++) ws.send(String(index));
  };
  ws.onmessage = ({ data }) => {
    if (data !== String(next)) throw new Error(`${data} came in the place of ${next}`);
    next++;
    if (next === count) ws.close();
  };
  ws.onclose = () => {
    console.log(`${next} in order`);
    server.close();
  };
});
