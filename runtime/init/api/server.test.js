// Tests of the server: notes are kept, mistakes are told, and changes are heard of.

import assert from 'node:assert';
import test from 'node:test';

process.env.PORT = '0';
const { server } = await import('./server.js');

const base = `localhost:${server.address().port}`;

async function ask(method, path, body) {
  const response = await fetch(`http://${base}${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return [response.status, text === '' ? undefined : JSON.parse(text)];
}

test('a note is made, read, changed and deleted', async () => {
  const [status, note] = await ask('POST', '/notes', { text: 'buy milk' });
  assert.strictEqual(status, 201);
  const path = `/notes/${note.id}`;
  assert.deepStrictEqual(await ask('GET', path), [200, note]);
  assert.deepStrictEqual(await ask('PUT', path, { text: 'done' }), [200, { ...note, text: 'done' }]);
  assert.deepStrictEqual(await ask('DELETE', path), [204, undefined]);
  assert.deepStrictEqual(await ask('GET', path), [404, { error: `there is no note ${note.id}` }]);
});

test('what is wrong is said', async () => {
  assert.deepStrictEqual(await ask('POST', '/notes', {}), [422, { error: 'a note needs a text' }]);
  const response = await fetch(`http://${base}/notes`, { method: 'POST', body: '{' });
  assert.strictEqual(response.status, 400);
});

test('a WebSocket hears of changes', async () => {
  const ws = new WebSocket(`ws://${base}/changes`);
  await new Promise((resolve) => {
    ws.onopen = resolve;
  });
  const heard = ws[Symbol.asyncIterator]();
  const [, note] = await ask('POST', '/notes', { text: 'call Ann' });
  assert.deepStrictEqual(JSON.parse((await heard.next()).value), { what: 'made', note });
  ws.close();
});

test.after(() => server.close());
