// A server that listens again has its routes, and those that were added in between.

import assert from 'assert';
import http from 'http';
import { ask, closing, emitted, open } from '../../support/network.js';

const server = http.createServer();
server.ws('/a', { message: (ws) => void ws.send('a') });
for (const paths of [['/a'], ['/a', '/b'], ['/a', '/b']]) {
  server.listen(0);
  await emitted(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}`;
  const sockets = await Promise.all(paths.map((path) => open(url + path)));
  for (const [at, ws] of sockets.entries()) {
    assert.strictEqual(await ask(ws, ''), paths[at].slice(1));
  }
  const ends = Promise.all(sockets.map(closing));
  await server.close();
  assert.deepStrictEqual((await ends).map(({ code }) => code), paths.map(() => 1001));
  if (paths.length === 1) server.ws('/b', { message: (ws) => void ws.send('b') });
}
