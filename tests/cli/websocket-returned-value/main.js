// A value that is returned for a WebSocket message goes nowhere, which is said once.

import http from 'http';

const server = http.createServer(({ ws, data }) => {
  if (data === '3') ws.close();
  return `returned for ${data}`;
});
server.listen(0, () => {
  const ws = new WebSocket(`ws://localhost:${server.address().port}`);
  ws.onopen = () => ['1', '2', '3'].forEach((text) => ws.send(text));
  ws.onmessage = () => console.log('it was sent');
  ws.onclose = ({ code }) => {
    console.log(code);
    server.close();
  };
});
