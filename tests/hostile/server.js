// A server that is attacked: answers HTTP, echoes WebSocket messages, remembers how those end.
// Prints its port. The argument is its options as JSON.

import http from 'http';

const options = JSON.parse(process.argv[2] ?? '{}');
const closed = [];
const kept = [];
const constant = 'x'.repeat(2 << 20);
const constantBytes = new TextEncoder().encode(constant);
const big = new Uint8Array(1 << 20);

const routes = {
  async '/shutdown'() {
    setTimeout(() => server.close());
    return 'bye';
  },
  '/closed': () => ({ json: closed }),
  '/who': (req) => `${req.remoteAddress} ${req.remotePort} ${req.protocol} ${req.host}`,
  '/refused': () => ({ json: server.refused }),
  '/big': () => big,
  '/constant': () => constant,
  '/constant-bytes': () => constantBytes,
  '/bigger': () => new Uint8Array(8 << 20),
  '/body': ({ body }) => String(body.length),
  '/deep': ({ query }) => descend(Number(query.depth)),
  '/json': (req) => String(Object.keys(req.json).length),
  '/recurse': ({ query }) => recursions[query.how](),
  '/never': () => new Promise(() => {}),
};

// Each of them recurses without end, at another time.
const recursions = {
  'at-once': () => recurse(),
  before: async () => recurse(),
  async after() {
    await null;
    return recurse();
  },
  async 'after-a-while'() {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return recurse();
  },
  callback: () => Promise.resolve().then(recurse),
  thenable: () => ({ then: recurse }),
  all: async () => Promise.all([recursions.after(), 1]),
  async caught() {
    try {
      return await Promise.resolve().then(recurse);
    } catch (error) {
      return error.name;
    }
  },
};

function recurse() {
  return recurse() + 1;
}

function descend(depth) {
  if (depth === 0) throw new Error('asked for');
  return descend(depth - 1) + 1;
}

// What the path of a WebSocket makes of its messages; without an entry they are echoed.
const talks = {
  '/deep'(ws, data) {
    return descend(Number(data));
  },
  '/throw'() {
    throw new Error('asked for');
  },
  async '/reject'() {
    await null;
    throw new Error('asked for');
  },
  '/close'(ws, data) {
    ws.send(data);
    ws.close(4000, 'enough');
  },
  '/terminate'(ws) {
    ws.terminate();
  },
  '/many'(ws, data) {
    for (let index = 0; index < Number(data); index++) ws.send('m');
  },
  '/keep'(ws) {
    kept.push(ws);
  },
  // Every socket that was kept is used again, whatever has become of it.
  '/use'(ws) {
    const states = kept.map((old) => {
      const sent = old.send('still there?');
      old.close();
      old.terminate();
      old.pong();
      old.pause();
      old.resume();
      return [old.readyState, sent, old.pathname];
    });
    ws.send(JSON.stringify(states));
  },
  '/exit'(ws) {
    ws.send('bye');
    process.exit(3);
  },
  '/broadcast'(ws, data) {
    const message = new Uint8Array(Number(data));
    for (const client of server.clients) {
      if (client.pathname === '/listener') client.send(message);
    }
    ws.send('done');
  },
  '/pongs'(ws, data) {
    for (let index = 0; index < Number(data); index++) ws.pong(String(index).padEnd(125));
  },
};

const server = http.createServer(
  {
    ...options,
    websocket: {
      ...options.websocket,
      open(ws) {
        if (ws.pathname === '/welcome') ws.send('welcome');
      },
      close(ws, code, reason) {
        closed.push({ pathname: ws.pathname, code, reason, cause: ws.closeInfo.cause });
      },
    },
  },
  (req) => {
    if (req.type === 'http') return routes[req.pathname]?.(req) ?? 'ok';
    const talk = talks[req.pathname];
    if (talk) return talk(req.ws, req.data);
    req.ws.send(req.data);
    return undefined;
  },
);

server.listen(0, () => console.log(server.address().port));
