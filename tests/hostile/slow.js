// A ticker with a policy for slow readers, which publishes for as long as a control socket wants.
// Prints its port. The arguments are the policy and the size of a message.

import http from 'http';

const [policy, size] = process.argv.slice(2);
const filler = 'x'.repeat(Number(size));
let published = 0;

const server = http.createServer({
  websocket: {
    backpressure: policy,
    maxBackpressure: 2 ** 18,
    pingInterval: 0,
    open(ws) {
      if (ws.pathname === '/attacker') ws.join('prices');
    },
    message(ws, data) {
      if (ws.pathname === '/neighbour') return void ws.send(data);
      for (let round = 0; round < Number(data); round++) {
        published += 1;
        server.hub.publish('prices', `${published} ${filler}`, { key: String(published % 5) });
      }
      const slow = server.hub.members('prices');
      return void ws.send(JSON.stringify({
        published,
        members: slow.length,
        dropped: slow.reduce((sum, { droppedMessages }) => sum + droppedMessages, 0),
        most: slow.reduce((most, { bufferedAmount }) => Math.max(most, bufferedAmount), 0),
      }));
    },
  },
});

server.listen(0, () => console.log(server.address().port));
