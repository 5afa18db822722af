// Servers with routes for requests: one without a plain handler, one with, and one where functions of
// server.use run around them. Prints the port of the first; its /ports has all of them.

import http from 'http';

const show = (name) => (req) => `${name} ${req.method} ${JSON.stringify(req.params)}`;
const listening = (server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});

const bare = http.createServer()
  .get('/', show('home'))
  .get('/users/me', show('me'))
  .get('/users/:id', show('user'))
  .post('/users/:id', ({ params, body }) => ({ status: 201, json: { ...params, body } }))
  .delete('/users/:id', async (req) => ({ status: 202, body: show('delete')(req) }))
  .put('/all-methods', show('put'))
  .patch('/all-methods', show('patch'))
  .all('/all-methods', show('all'))
  .get('/files/*', show('files'))
  .get('/number/:id(\\d+)', show('number'))
  .get('/mid/*/end', show('mid'))
  .get('/below{/*}?', show('below'))
  .get(new URLPattern({ search: 'q=:q', pathname: '/search' }), show('search'))
  .get('/headed', () => ({ headers: { 'X-Head': 'get' }, body: 'x' }))
  .head('/headed', () => ({ headers: { 'X-Head': 'own' } }))
  .get('/got', show('got'))
  .all('/got', show('all'))
  .options('/opted', () => ({ headers: { 'X-Options': 'own' } }))
  .get('/opted', show('opted'))
  .get('/nothing', () => undefined)
  .get('/later', async () => undefined)
  .get('/throws', () => {
    throw new Error('expected: thrown');
  })
  .post('/json', ({ json }) => ({ json }))
  .ws('/socket/:x', {})
  .post('/both', show('both'))
  .ws('/both', {});

const plain = http.createServer((req) => {
  if (req.pathname === '/late') plain.get('/added', show('added'));
  return req.pathname.startsWith('/plain') ? show('plain')(req) : undefined;
});
plain.get('/plain/route', show('route')).get('/route', show('route'));

const log = [];
const used = http.createServer((req) => (req.pathname === '/plain' ? 'plain' : undefined));
used
  .use(async (req, next) => {
    const reply = await next();
    log.push(`${req.method} ${req.pathname} ${reply.status}`);
  })
  .get('/log', () => ({ json: log.splice(0) }))
  .use(async (req, next) => {
    const reply = await next();
    reply.headers['x-added'] = [reply.headers['x-own'] ?? [], 'yes'].flat().join();
    return reply;
  })
  .use('/private/:who', (req, next) => {
    if (req.headers.authorization === undefined) return { status: 401, body: 'who?' };
    return next();
  })
  .use('/caught/*', async (req, next) => {
    const { params } = req;
    try {
      return await next();
    } catch (error) {
      return { status: 503, body: `${params[0]} ${error.message}` };
    }
  })
  .use('/changed', async (req, next) => {
    const { status, body } = await next();
    return `${status} ${body}!`;
  })
  .use('/express', (req, next) => {
    next();
  })
  .use('/forgotten', function forgetful() {})
  .use('/twice', async (req, next) => {
    await next();
    await next();
  })
  .use('/unawaited', (req, next) => {
    next();
    return 'at once';
  })
  .get('/text', () => 'text')
  .get('/json', async () => ({ json: [1], headers: new Map([['X-Own', 'a'], ['X-Other', 'b']]) }))
  .get('/pairs', () => ({ headers: [['X-Own', 'a'], ['x-own', 'b']] }))
  .get('/names', () => ({ headers: [['__proto__', 'a'], ['constructor', 'b'], ['Constructor', 'c']] }))
  .get('/bytes', () => new Uint8Array([65, 66]))
  .get('/class', () => new (class {
    status = 203;

    headers = { 'X-Own': 'c' };

    body = 'class';
  })())
  .get('/number', () => 7)
  .get('/unknown', () => ({ bdy: 1 }))
  .get('/private/:id', show('private'))
  .get('/caught/:x', async () => {
    throw new Error('expected: caught');
  })
  .get('/uncaught', async () => {
    throw new Error('expected: uncaught');
  })
  .get('/changed', () => 'x')
  .get('/express', () => 'express')
  .get('/forgotten', () => 'never')
  .get('/twice', () => 'twice')
  .get('/unawaited', async () => {
    throw new Error('expected: unawaited');
  })
  .use((req, next) => {
    log.push('too late for routes');
    return next();
  });

const ports = await Promise.all([bare, plain, used].map(listening));
bare.get('/ports', () => ({ json: ports }));
console.log(ports[0]);
