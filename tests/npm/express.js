// express: routes, parameters, bodies, errors and static answers of a program for Node.
import assert from 'assert';
import express from 'express';

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
app.use((req, res, next) => {
  res.set('X-Before', 'yes');
  next();
});
app.get('/', (req, res) => { res.send('hello'); });
app.get('/users/:id', (req, res) => { res.json({ id: req.params.id, query: req.query, ip: req.ip }); });
app.post('/echo', (req, res) => { res.status(201).json(req.body); });
app.get('/away', (req, res) => { res.redirect('/'); });
app.get('/fails', () => { throw new Error('out of luck'); });
app.use((error, req, res, next) => {
  if (res.headersSent) next(error);
  else res.status(500).send(error.message);
});
const server = await new Promise((resolve) => {
  const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
});
const url = `http://127.0.0.1:${server.address().port}`;
const ask = async (path, options) => {
  const response = await fetch(url + path, options);
  return [response.status, await response.text(), response];
};
const [status, text, response] = await ask('/');
assert.deepEqual([status, text, response.headers.get('x-before')], [200, 'hello', 'yes']);
assert.match(response.headers.get('etag'), /^W\//);
assert.deepEqual(JSON.parse((await ask('/users/7?a=b'))[1]), { id: '7', query: { a: 'b' }, ip: '127.0.0.1' });
const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":[1]}' };
assert.deepEqual((await ask('/echo', json)).slice(0, 2), [201, '{"a":[1]}']);
const form = { method: 'POST', body: new URLSearchParams({ a: 'b c' }) };
assert.deepEqual((await ask('/echo', form)).slice(0, 2), [201, '{"a":"b c"}']);
assert.equal((await ask('/away'))[1], 'hello');
assert.equal((await ask('/none'))[0], 404);
assert.deepEqual((await ask('/fails')).slice(0, 2), [500, 'out of luck']);
assert.equal((await ask('/echo', { ...json, body: '{' }))[0], 500);
const cached = await ask('/', { headers: { 'if-none-match': response.headers.get('etag') } });
assert.equal(cached[0], 304);
await new Promise((resolve) => { server.close(resolve); });
