// socket.io-client: speaks to a server over one WebSocket, which here is a server of krandog's own
// that knows as much of the protocol as it takes.
import assert from 'assert';
import http from 'http';
import { io } from 'socket.io-client';

const server = http.createServer({
  websocket: {
    open(ws) {
      ws.send(`0${JSON.stringify({ sid: 'a', upgrades: [], pingInterval: 60_000, pingTimeout: 60_000, maxPayload: 1e6 })}`);
    },
    message(ws, text) {
      if (text === '40') return void ws.send('40{"sid":"b"}');
      const [, id, data] = /^42(\d+)(\[.*)$/.exec(text) ?? [];
      if (data !== undefined) ws.send(`43${id}${JSON.stringify(JSON.parse(data).slice(1).reverse())}`);
      ws.send('42["news",{"n":1}]');
    },
  },
}).listen(0);
const socket = io(`http://localhost:${server.address().port}`, { transports: ['websocket'] });
const news = new Promise((resolve) => socket.on('news', resolve));
await new Promise((resolve) => socket.on('connect', resolve));
assert.equal(socket.id, 'b');
assert.deepEqual(await socket.timeout(5000).emitWithAck('turn', 1, 2), 2);
assert.deepEqual(await news, { n: 1 });
socket.close();
server.close();
