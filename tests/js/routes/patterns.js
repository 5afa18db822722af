// Patterns are those of URLPattern for a path, or a URLPattern.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const { server, url } = await serve();
const named = (name) => ({ message: (ws) => void ws.send(JSON.stringify([name, ws.params])) });
server
  .ws('/number/:id(\\d+)', named('number'))
  .ws('/word/:a-:b', named('word'))
  .ws('/file/:name.:type?', named('file'))
  .ws('{/:lang}?/about', named('about'))
  .ws('/many/:path+', named('many'))
  .ws('/a b/\u00e9', named('encoded'))
  .ws('/mid/*/end', named('mid'))
  .ws(new URLPattern({ hostname: ':name', pathname: '/host/*' }), named('host'))
  .ws(new URLPattern({ hostname: 'a.test', pathname: '/elsewhere' }), named('elsewhere'))
  .ws(new URLPattern({ pathname: '/search', search: 'q=:q' }), named('search'))
  .ws(new URLPattern({ protocol: 'wss', pathname: '/tls' }), named('tls'));

for (const [path, name, params] of [
  ['/number/12', 'number', { id: '12' }],
  ['/word/x%20y-z', 'word', { a: 'x y', b: 'z' }],
  ['/file/a.txt', 'file', { name: 'a', type: 'txt' }],
  ['/about', 'about', {}],
  ['/de/about', 'about', { lang: 'de' }],
  ['/many/a/b/c', 'many', { path: 'a/b/c' }],
  ['/a%20b/%C3%A9', 'encoded', {}],
  ['/mid/x/y/end', 'mid', { 0: 'x/y' }],
  ['/host/x/y', 'host', { 0: 'x/y', name: 'localhost' }],
  ['/search?q=cats%20', 'search', { q: 'cats ' }],
]) {
  const ws = await open(url.replace('127.0.0.1', 'localhost') + path);
  assert.deepStrictEqual(JSON.parse(await ask(ws, '')), [name, params], path);
}
for (const path of [
  '/number/x', '/number/', '/word/x', '/many/', '/mid/end', '/tls', '/search', '/elsewhere',
]) {
  assert.strictEqual((await event(new WebSocket(url + path), 'error')).status, 404, path);
}
// What would take long to match is refused, so that nothing is skipped that runs before others.
const long = await event(new WebSocket(`${url}/mid/${'x'.repeat(3000)}/end`), 'error');
assert.strictEqual(long.status, 414);
assert.strictEqual(long.body, 'a URL of more than 2048 bytes is too long here\n');
await server.close();
