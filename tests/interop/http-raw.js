// A server whose handlers answer late, or in every shape; prints its port.

import http from 'http';
import { setTimeout as later } from 'timers';

const wait = (milliseconds) => new Promise((resolve) => later(resolve, milliseconds));

const routes = {
  // The later it was asked for, the sooner it would be ready.
  async '/late'({ query }) {
    await wait(Number(query.ms));
    return query.ms;
  },
  '/now': () => 'now',
  '/echo': ({ method, body, headers }) => ({
    json: { method, body, length: headers['content-length'], coding: headers['transfer-encoding'] },
  }),
  '/bytes': () => new Uint8Array([0, 1, 0, 255]),
  '/empty': () => ({ status: 204 }),
  '/unchanged': () => ({ status: 304, headers: { ETag: '"1"' } }),
  '/throw'() {
    throw new Error('asked for');
  },
  async '/reject'() {
    await wait(1);
    throw new Error('asked for, later');
  },
  '/cookies': () => ({ headers: { 'Set-Cookie': ['a=1', 'b=2'] }, body: 'two' }),
  '/split': () => ({ headers: { 'X-A': 'b\r\nX-Injected: yes' }, body: '' }),
};

const server = http.createServer((req) => {
  if (req.type === 'http' && Object.hasOwn(routes, req.pathname)) return routes[req.pathname](req);
  if (req.type === 'websocket') req.ws.send(req.data);
  return undefined;
});

server.listen(0, () => console.log(server.address().port));
