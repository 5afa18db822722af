// 10 000 rooms with one member each, joined at once: how long until all are subscribed to.

import http from 'http';
import { connect } from 'krandog:redis';

const [, , url] = process.argv;
const server = http.createServer({
  bus: url,
  websocket: {
    open(ws) {
      for (let room = 0; room < 1000; room += 1) ws.join(`room ${ws.id} ${room}`);
    },
  },
});
await server.listen({ port: 0, host: '127.0.0.1' });
const redis = await connect(url);
const begin = performance.now();
for (let count = 0; count < 10; count += 1) {
  new WebSocket(`ws://127.0.0.1:${server.address().port}/`);
}
while (!(await redis.info('stats')).includes('pubsub_channels:10001'));
console.log(JSON.stringify([performance.now() - begin]));
process.exit();
