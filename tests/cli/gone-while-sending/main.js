// A handler that waits to send more, and whose peer goes meanwhile, is not reported; what else it
// throws then is.

import http from 'http';

const server = http.createServer({
  websocket: {
    async message(ws, data) {
      try {
        for (let round = 0; ; round++) {
          ws.send(new Uint8Array(2 ** 18));
          if (round === 3) client.terminate();
          await ws.drained();
        }
      } catch (error) {
        console.log(data, error.code);
        if (data === 'quiet') throw error;
        server.close();
      }
      throw new Error('of its own');
    },
  },
}).listen(0, () => visit('quiet'));

let client;

function visit(word) {
  client = new WebSocket(`ws://localhost:${server.address().port}`);
  client.onopen = () => client.send(word);
  client.onclose = () => word === 'quiet' && visit('loud');
}
