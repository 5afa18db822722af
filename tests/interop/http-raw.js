// A server whose handlers answer late, or in every shape; prints its port.

import http from 'http';
import { setTimeout as later } from 'timers';

const wait = (milliseconds) => new Promise((resolve) => later(resolve, milliseconds));

// Every kind of reply.
const replies = {
  string: 'grün',
  buffer: new Uint8Array([1, 2]).buffer,
  view: new Uint8Array([0, 1, 2, 0]).subarray(1, 3),
  blob: new Blob(['<p>'], { type: 'text/html' }),
  shaped: { status: 201, headers: { 'Content-Type': 'a/b', 'X-A': 'b' }, body: 'made' },
  pairs: { headers: [['X-A', '1'], ['X-A', '2']], body: 'pairs' },
  map: { headers: new Map([['x-a', 'c']]), body: 'map' },
  html: { type: 'html', body: '<p>' },
  json: { json: { a: [1, null, 'ü'] } },
  nothing: { status: 200 },
  number: 42,
  status: { status: 999 },
  object: { body: { a: 1 } },
};

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
  '/request': (req) => ({ json: req }),
  '/query': ({ query }) => ({ json: query }),
  '/json': ({ json }) => ({ json: { got: json } }),
  '/types': ({ query }) => replies[query.kind],
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
  '/numbered': () => ({ headers: { 5: 'five', [Symbol('no field')]: '' }, body: '' }),
  '/split': () => ({ headers: { 'X-A': 'b\r\nX-Injected: yes' }, body: '' }),
};

const server = http.createServer((req) => {
  if (req.type === 'http' && Object.hasOwn(routes, req.pathname)) return routes[req.pathname](req);
  if (req.type === 'websocket') req.ws.send(req.data === 'url' ? req.ws.url : req.data);
  return undefined;
});

server.listen(0, () => console.log(server.address().port));
