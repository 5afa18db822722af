// Routes: what a pattern, a handler, a hook and a function of `server.use` may be.

import http from 'http';
import type { HttpRequest, Middleware, RouteHandler, RouteOptions, RouteReply, Server } from 'http';

/** Fails unless the two types are one and the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

const server = http.createServer();
const handler: RouteHandler = ({ params, body }) => ({ json: { ...params, body } });
const chained: Server = server
  .get('/', () => 'home')
  .get(new URLPattern({ pathname: '/a' }), async () => {})
  .post('/users/:id', handler)
  .put('/users/:id', handler)
  .patch('/users/:id', handler)
  .delete('/users/:id', () => ({ status: 204 }))
  .head('/users/:id', handler)
  .options('/users/:id', handler)
  .all('/any', handler);
void chained;

server.get('/users/:id', (req) => {
  same<typeof req, HttpRequest>(true);
  same<typeof req.params.id, string | undefined>(true);
  return req.params.id;
});
server.use(async (req, next) => {
  const reply = await next();
  same<typeof reply, RouteReply>(true);
  reply.headers['x-path'] = req.pathname;
});
const guard: Middleware = (req, next) => (req.headers.authorization ? next() : { status: 401 });
server.use('/admin/*', guard);

server.ws('/echo', async (ws) => {
  for await (const data of ws) ws.send(data);
});
const options: RouteOptions = {
  maxConnections: 10,
  maxPayload: 1024,
  allowedOrigins: ['https://*.example.com'],
  relay: ({ params }) => params.room,
  upgrade: ({ params }, offered) => ({ data: params.room, protocol: offered[0] ?? null }),
  open: (ws) => ws.join(ws.params.room ?? ''),
  error: (ws, { code }) => console.log(ws.id, code),
  ping: (ws, data) => void ws.send(data),
};
server.ws('/chat/:room', options);
server.ws('/fixed', { relay: 'room' });
server.ws('/limited', { relay: { room: 'a', rate: 10 } });

// @ts-expect-error: a pattern is no regular expression
server.get(/a/, handler);
// @ts-expect-error: a handler is a function
server.get('/a', 'text');
// @ts-expect-error: one handler
server.get('/a', handler, handler);
// @ts-expect-error: a route has no limit of its own for this
server.ws('/a', { handshakeTimeout: 1 });
// @ts-expect-error: a room is found out at once
server.ws('/a', { relay: async () => 'a' });
// @ts-expect-error: of servers and not of routes
http.createServer({ websocket: { relay: 'a' } });
// @ts-expect-error: for data, { json: value }
server.get('/a', () => ({ name: 'alice' }));
