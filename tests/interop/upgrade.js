// A server whose upgrade hook decides by the path, at once or, with ?late, by a promise. Prints its
// port.

import http from 'http';

const verdicts = {
  '/headers': { headers: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Count': 2 } },
  '/pairs': { headers: [['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['X-Count', '2']] },
  '/owned': { headers: { Connection: 'close', 'Content-Length': '5', 'X-Count': '2' } },
  '/false': false,
  '/own': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="a"' }, body: 'who?' },
  '/json': { status: 429, headers: { 'Retry-After': 1 }, json: { wait: 1 } },
};

const held = [];

const server = http.createServer(
  {
    websocket: {
      upgrade({ pathname, query }) {
        if (pathname === '/held') return new Promise((resolve) => held.push(resolve));
        const verdict = verdicts[pathname];
        return query.late === undefined ? verdict : Promise.resolve(verdict);
      },
    },
  },
  (req) => {
    if (req.type === 'websocket') return void req.ws.send(req.data);
    if (req.pathname === '/release') held.shift()();
    return { json: held.length };
  },
);

server.listen(0, () => console.log(server.address().port));
