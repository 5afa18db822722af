// A server of echoes that remembers nobody who has gone. Prints its port.

import http from 'http';

const server = http.createServer(JSON.parse(process.argv[2]), ({ type, ws, data, pathname }) => {
  if (type === 'http') return 'ok';
  ws.send(data);
  if (pathname === '/close') ws.close();
  return undefined;
});

server.listen(0, () => console.log(server.address().port));
