// Several workers: `krandog --workers N workers.js LISTEN`. Each says who it is and where it listens,
// and does what its clients say.

import http from 'http';
import { Hub } from 'krandog:hub';

const { id, isPrimary, count } = krandog.worker;
const { listen = { port: 0, host: '127.0.0.1' }, shutdown, fails = '', hears = '' } =
  JSON.parse(process.argv[2] ?? '{}');

if (fails === 'all') throw new Error('no worker starts');
if (fails === `${id}`) throw new Error('this worker never starts');

if (hears) process.on(hears, () => { console.log(`${id} hears`); server.close(); });

// Named by all of them, without a server.
const named = new Hub({ bus: 'named' });

const commands = {
  who: (ws) => ws.send(JSON.stringify({ id, isPrimary, count, ws: ws.id, pid: process.pid })),
  join: (ws, room) => ws.send(`${ws.join(room)}`),
  leave: (ws, room) => ws.send(`${ws.leave(room)}`),
  subscribe: (ws, pattern) => ws.send(`${server.hub.subscribe(ws, pattern)}`),
  size: (ws, room) => ws.send(`${server.hub.size(room)} ${server.hub.has(room)}`),
  publish: (ws, room, text) => server.hub.publish(room, text),
  publishMine: (ws, room, text) => ws.publish(room, text),
  except: (ws, room, other, text) => server.hub.publish(room, text, { except: other }),
  bytes: (ws, room, size, byte) => {
    server.hub.publish(room, new Uint8Array(Number(size)).fill(Number(byte)));
  },
  broadcast: (ws, text) => server.hub.broadcast(text),
  to: (ws, other, text) => ws.send(JSON.stringify(server.hub.send(Number(other), text))),
  relay: (ws, room) => {
    ws.relay(room, { except: 'none' });
    ws.send('relays');
  },
  named: (ws, room) => ws.send(`${named.join(ws, room)}`),
  publishNamed: (ws, room, text) => ws.send(JSON.stringify(named.publish(room, text))),
  stats: (ws) => ws.send(JSON.stringify(server.hub.bus)),
  fail: () => setTimeout(() => { throw new Error(`worker ${id} fails`); }),
  recurse: () => setTimeout(async () => {
    const deeper = () => deeper() + 1;
    deeper();
  }),
  exit: (ws, code) => process.exit(Number(code)),
  close: () => server.close(),
  lines: () => {
    for (let at = 0; at < 200; at += 1) console.log(`${id}`.repeat(300));
  },
};

const server = http.createServer({
  shutdown,
  websocket: {
    perMessageDeflate: true,
    message(ws, data) {
      const [name, ...rest] = data.split(' ');
      commands[name](ws, ...rest);
    },
  },
}, () => `${id}`);

process.on('exit', (code) => console.log(`${id} exits with ${code}`));
server.listen(listen, () => {
  console.log(JSON.stringify({ id, isPrimary, count, port: server.address().port ?? null }));
});
