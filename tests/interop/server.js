// The server under test: does what a message asks for, or sends it back. Prints its port.
//
//   close CODE REASON   ping DATA   request   throw   identity

import http from 'http';
import https from 'https';

const closed = [];
const seen = new Map();

const commands = {
  close(ws, code, reason) {
    ws.close(Number(code), reason);
  },
  async ping(ws, data) {
    const roundTrip = await ws.ping(data);
    ws.send(`pong ${data} ${roundTrip >= 0 && roundTrip < 10000}`);
  },
  request(ws) {
    const { pathname, headers, protocol } = ws;
    ws.send(JSON.stringify({ pathname, test: headers['x-test'], protocol }));
  },
  throw() {
    throw new Error('asked for');
  },
  // How often this very object has come.
  identity(ws) {
    seen.set(ws, (seen.get(ws) ?? 0) + 1);
    ws.send(String(seen.get(ws)));
  },
};

const options = {
  websocket: {
    protocols: ['chat.v2', 'chat.v1'],
    close(ws, code, reason) {
      closed.push({ pathname: ws.pathname, code, reason, wasClean: ws.closeInfo.wasClean });
    },
  },
};

// A test may be run with everything in TLS.
const certificates = `${__dirname}/../certificates`;
const tls = { cert: `${certificates}/server.pem`, key: `${certificates}/server.key` };
const createServer = process.env.OVER_TLS
  ? (...args) => https.createServer({ ...tls, ...args[0] }, args[1])
  : http.createServer;

const server = createServer(options, (req) => {
  if (req.type === 'http') return { json: req.pathname === '/closed' ? closed : null };
  const { ws, data } = req;
  if (typeof data !== 'string') {
    ws.send(data);
    return undefined;
  }
  const [name, ...rest] = data.split(' ');
  return Object.hasOwn(commands, name) ? commands[name](ws, ...rest) : void ws.send(data);
});

server.listen(0, () => console.log(server.address().port));
