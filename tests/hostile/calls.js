// A server of krandog:rpc under attack; its neighbour gets echoes. Prints its port; over HTTP it tells
// how many calls have begun.

import http from 'http';
import { Rpc } from 'krandog:rpc';

let begun = 0;
const methods = {
  wait() {
    begun += 1;
    return new Promise(() => {});
  },
  echo: (params) => params,
};

const server = http.createServer({
  websocket: {
    open(ws) {
      if (ws.pathname !== '/neighbour') new Rpc(ws, { methods });
    },
    message(ws, data) {
      if (ws.pathname === '/neighbour') ws.send(data);
    },
  },
}, () => ({ json: begun }));

server.listen(0, () => console.log(server.address().port));
