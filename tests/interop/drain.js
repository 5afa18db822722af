// The server under test: how it closes is its first argument, where it listens the second. It prints
// its port, and at its end how many messages it has answered.
//
//   /slow waits for GET /go, on whichever connection.

import http from 'http';

const [, , shutdown, listen = '{"port":0}'] = process.argv;
let answered = 0;
let go;
const gone = new Promise((resolve) => {
  go = resolve;
});

const server = http.createServer(
  {
    shutdown: JSON.parse(shutdown) ?? undefined,
    websocket: {
      open(ws) {
        // As much as may wait for a peer that does not read.
        if (ws.pathname === '/large') ws.send('x'.repeat(768 * 1024));
      },
      message(ws, data) {
        if (ws.send(data) !== false) answered += 1;
      },
    },
  },
  async (req) => {
    if (req.pathname === '/slow') await gone;
    if (req.pathname === '/go') go();
    return `${process.pid}\n`;
  },
);

process.on('exit', (code) => console.log('exit', code, answered));
server.on('close', () => console.log('closed'));
server.listen(JSON.parse(listen), () => console.log(server.address().port ?? 0));
