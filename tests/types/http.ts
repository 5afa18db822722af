// Servers: what a handler, a hook and an option may be, and what they may not.

import http, { createServer, serve, Server, METHODS } from 'http';
import type { Handler, HttpRequest, Reply, Request, UpgradeVerdict, WebSocketRequest } from 'http';
import nodeHttp from 'node:http';

/** Fails unless the two types are one and the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

// --- handlers ---

createServer();
createServer((req) => {
  if (req.type === 'http') {
    same<typeof req, HttpRequest>(true);
    same<typeof req.body, string>(true);
    same<typeof req.bytes, Uint8Array>(true);
    same<typeof req.headers.host, string | undefined>(true);
    same<typeof req.headers['x-forwarded-for'], string | undefined>(true);
    same<typeof req.query.page, string | string[] | undefined>(true);
    return { status: 201, headers: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Count': 2 }, body: req.body };
  }
  same<typeof req, WebSocketRequest>(true);
  req.ws.send(req.data);
  return undefined;
});
createServer(async () => 'text');
createServer(async () => {});
createServer(() => new Uint8Array(2));
createServer(() => new ArrayBuffer(2));
createServer(() => new Blob(['a']));
createServer(() => ({ json: { any: ['thing'] }, type: 'json' }));
createServer(() => ({ status: 204, body: null }));
createServer(() => ({ headers: [['X-A', '1'], ['X-A', '2']], body: '' }));
createServer(() => ({ headers: new Map([['X-A', '1']]), body: '' }));
createServer((req: Request) => (req.type === 'http' ? Promise.resolve('later') : undefined));
const handler: Handler = ({ type }) => (type === 'http' ? 'ok' : undefined);
const reply: Reply = { status: 200, type: 'html', body: '<p>' };

// @ts-expect-error: for data, { json: value }
createServer(() => ({ name: 'alice' }));
// @ts-expect-error: a status is a number
createServer(() => ({ status: '200' }));
// @ts-expect-error: null is no reply
createServer(() => null);
// @ts-expect-error: `send` answers a message; what it returns is no reply
createServer(({ ws, data }: WebSocketRequest) => ws.send(data));
// @ts-expect-error: only a message has a socket
createServer((req) => void req.ws);
createServer((req) => {
  // @ts-expect-error: a request has no data
  if (req.type === 'http') return req.data;
  // @ts-expect-error: a message has no method
  req.method;
  return undefined;
});
createServer((req) => {
  if (req.type !== 'http') return;
  // @ts-expect-error: there may be no such field
  req.headers.cookie.length;
  // @ts-expect-error: it may be an array
  req.query.page?.toUpperCase();
  // @ts-expect-error: the fields of a request are what they are
  req.headers.host = 'other';
  // @ts-expect-error: as is the rest
  req.method = 'GET';
});

// --- options ---

createServer({});
createServer({ maxBody: 2 ** 20, keepAliveTimeout: 1, requestTimeout: 1, maxConnections: 1 }, handler);
createServer({ websocket: { maxPayload: 1, maxFragments: 1, maxBackpressure: 1, maxConnections: 1 } });
createServer({
  websocket: {
    pingInterval: 0, pongTimeout: 0, idleTimeout: 0, closeTimeout: 0, handshakeTimeout: 1,
  },
});
createServer({ websocket: { perMessageDeflate: true } });
createServer({ websocket: { perMessageDeflate: { threshold: 100, level: 9, memoryLimit: 1 } } });

// @ts-expect-error: maxPayload belongs into websocket
createServer({ maxPayload: 1 });
// @ts-expect-error: a mistyped name
createServer({ websocket: { maxPayLoad: 1 } });
// @ts-expect-error: sizes are numbers
createServer({ websocket: { maxPayload: '1mb' } });
// @ts-expect-error: a mistyped name
createServer({ websocket: { perMessageDeflate: { treshold: 1 } } });

// --- hooks, each at once or by a promise ---

createServer({
  websocket: {
    open: (ws) => ws.send('welcome'),
    message(ws, data) {
      ws.send(data);
    },
    close(ws, code, reason) {
      same<typeof ws, WebSocket>(true);
      same<typeof code, number>(true);
      same<typeof reason, string>(true);
    },
    drain: (ws) => ws.bufferedAmount,
  },
});
createServer({
  websocket: {
    async open(ws) {
      await ws.ping();
    },
    async message(ws, data) {
      ws.send(await Promise.resolve(data));
    },
    async close() {},
    async drain() {},
  },
});
// @ts-expect-error: a value that the message hook returns goes nowhere
createServer({ websocket: { message: (ws, data) => ws.send(data) } });
// @ts-expect-error: a hook is a function
createServer({ websocket: { open: 'hello' } });

const verdicts: UpgradeVerdict[] = [
  undefined,
  true,
  false,
  {},
  { protocol: 'chat', headers: { 'Set-Cookie': 'a=1' }, data: { name: 'alice' } },
  { status: 401, headers: { 'WWW-Authenticate': 'Basic' }, body: 'who are you?' },
];
createServer({
  websocket: {
    upgrade(req, offered) {
      same<typeof req, HttpRequest>(true);
      same<typeof offered, string[]>(true);
      if (req.pathname === '/no') return false;
      return { data: req.query, protocol: offered[0] ?? null };
    },
  },
});
createServer({ websocket: { upgrade: () => verdicts[0] } });
createServer({ websocket: { upgrade: async () => verdicts[0] } });
createServer({ websocket: { async upgrade() {} } });
// @ts-expect-error: text is no verdict
createServer({ websocket: { upgrade: () => 'yes' } });
// @ts-expect-error: nor by a promise
createServer({ websocket: { upgrade: async () => 'yes' } });

createServer({ websocket: { protocols: ['a', 'b'] as const } });
createServer({ websocket: { protocols: (offered) => offered[0] } });
createServer({ websocket: { protocols: async (offered, req) => req.pathname && offered[0] } });
createServer({ websocket: { protocols: async () => null } });
// @ts-expect-error: a list, or a function
createServer({ websocket: { protocols: 'a' } });

createServer({ websocket: { allowedOrigins: '*' } });
createServer({ websocket: { allowedOrigins: ['https://example.com'] as const } });
createServer({ websocket: { allowedOrigins: (origin) => origin.endsWith('.example.com') } });
createServer({ websocket: { allowedOrigins: async (origin, req) => origin === req.headers.host } });
// @ts-expect-error: a list of origins
createServer({ websocket: { allowedOrigins: 'https://example.com' } });

// --- servers ---

const server: Server = new Server({}, handler);
server.listen();
server.listen(0);
server.listen('3000', () => {});
server.listen('/run/app.sock', () => {});
server.listen(3000, 'localhost');
server.listen(3000, 'localhost', 100, () => {});
server.listen(() => {});
server.listen({ port: 0, host: '::1', backlog: 10 }, () => {}).unref().ref();
server.listen({ path: '/run/app.sock' });
// @ts-expect-error: a mistyped name
server.listen({ prot: 3000 });
// @ts-expect-error: a port is a number or digits
server.listen({ port: true });

for (const ws of server.clients) ws.send('all');
const facts: [number | null, Map<any, any>][] = Array.from(server.clients, (ws) => [ws.rtt, ws.metadata]);
const quiet: WebSocket[] = server.clients.filter((ws) => ws.messagesIn === 0);
const all: Promise<void> = server.clients.closeAll({ code: 1012, reason: 'restart', spread: 1000 });
const refused: number = server.refused.connectRate + server.clients.size;
createServer({ trustProxy: ['loopback', '10.0.0.0/8'], trustProxyHeader: 'forwarded', proxyProtocol: true });
createServer({ connectRate: 10, maxConnectionsPerAddress: 20, websocket: { maxLifetime: 1 } });
createServer({ websocket: { rateLimit: { messages: 1, bytes: 1, burst: { bytes: 2 }, action: 'close' } } });
// @ts-expect-error: there is no such action
createServer({ websocket: { rateLimit: { messages: 1, action: 'drop' } } });
server.on('connection', (ws) => ws.send('hello')).on('error', ({ code, port }) => [code, port]);
server.once('listening', () => server.address().port);
server.on('something else', (...values) => values);

const closed: Promise<void> = server.close();
server.close(() => {});
server.close({ code: 1012, reason: 'restart' });
server.close({ drain: 1000, spread: 500 });
createServer({ shutdown: { drain: 1000, code: 1012 } }, handler);
server.listen({ fd: 3 });
server.listen({ systemd: 'web', port: 3000 });
server.listen({ port: 3000, reusePort: true });
// @ts-expect-error: true, or a name
server.listen({ systemd: 3 });
server.close({}, () => {});
// @ts-expect-error: a code is a number
server.close({ code: 'restart' });
server[Symbol.asyncDispose]().then(() => closed);
async function scope() {
  await using own = createServer().listen(0);
  own.address();
}

serve(3000, handler);
serve(handler);
globalThis.serve(3000, handler);
// @ts-expect-error: without a handler there is nothing to serve
serve(3000);

same<typeof METHODS, string[]>(true);
same<typeof http.Server, typeof Server>(true);
same<typeof nodeHttp, typeof http>(true);
void [reply, scope];
