// ws: a client and a server of Node's world, over sockets of krandog's.
import assert from 'assert';
import http from 'http';
import { WebSocket as Client, WebSocketServer } from 'ws';

const server = http.createServer((req, res) => res.end('plain'));
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket, req) => {
  assert.equal(req.url, '/chat');
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const url = `ws://127.0.0.1:${server.address().port}/chat`;

// Its client, to its server.
const client = new Client(url);
await new Promise((resolve, reject) => { client.on('open', resolve).on('error', reject); });
const next = () => new Promise((resolve) => { client.once('message', (data) => resolve(data)); });
let echo = next();
client.send('hello');
assert.equal(String(await echo), 'hello');
echo = next();
client.send(Buffer.alloc(100_000, 7));
assert.deepEqual(await echo, Buffer.alloc(100_000, 7));
const pong = new Promise((resolve) => { client.once('pong', (data) => resolve(String(data))); });
client.ping('p');
assert.equal(await pong, 'p');
const closed = new Promise((resolve) => { client.on('close', (code) => resolve(code)); });
client.close(4001);
assert.equal(await closed, 4001);

// krandog's client, to its server.
const own = new WebSocket(url);
own.onopen = () => own.send('own');
assert.equal((await new Promise((resolve) => { own.onmessage = resolve; })).data, 'own');
own.close();
assert.equal(await (await fetch(url.replace('ws', 'http'))).text(), 'plain');
sockets.close();
server.close();

// Its client, to a server of krandog's.
const krandog = http.createServer((req) => { if (req.ws) req.ws.send(`got ${req.data}`); });
await new Promise((resolve) => { krandog.listen(0, '127.0.0.1', resolve); });
const other = new Client(`ws://127.0.0.1:${krandog.address().port}`);
other.on('open', () => other.send('x'));
assert.equal(String(await new Promise((resolve) => { other.on('message', resolve); })), 'got x');
other.close();
await krandog.close();
