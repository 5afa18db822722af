// An object or a promise is sent as in browsers, and each place that does so is warned of once.

import http from 'http';

const server = http.createServer(({ data }) => console.log(data)).listen(0, () => {
  const ws = new WebSocket(`ws://localhost:${server.address().port}`);
  ws.onopen = () => {
    for (let i = 0; i < 2; i += 1) ws.send({ i });
    ws.send(Promise.resolve('late'));
    ws.send(new Map());
    ws.send(new URL('http://has.a.text/'));
    ws.send([1, 2]);
    ws.close();
  };
  ws.onclose = () => server.close();
});
