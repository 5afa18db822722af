// hono: its fetch handler behind a server of krandog.
import assert from 'assert';
import http from 'http';
import { Hono } from 'hono';

const app = new Hono();
app.use('*', async (c, next) => {
  await next();
  c.header('x-by', 'hono');
});
app.get('/rooms/:room', (c) => c.json({ room: c.req.param('room'), page: c.req.query('page') }));
app.post('/say', async (c) => c.text(`you said ${await c.req.text()}`, 201));

const server = http.createServer(({ method, url, headers, body }) => {
  const init = { method, headers };
  if (method !== 'GET' && method !== 'HEAD') init.body = body;
  return app.fetch(new Request(new URL(url, 'http://localhost'), init));
});
await new Promise((resolve) => server.listen(0, resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const room = await fetch(`${base}/rooms/a?page=2`);
assert.deepEqual(await room.json(), { room: 'a', page: '2' });
assert.equal(room.headers.get('x-by'), 'hono');
const said = await fetch(`${base}/say`, { method: 'POST', body: 'hi' });
assert.deepEqual([said.status, await said.text()], [201, 'you said hi']);
assert.equal((await fetch(`${base}/nowhere`)).status, 404);
server.close();
