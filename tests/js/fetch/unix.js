// The option `unix` leads to a server that listens at a path.

import assert from 'assert';
import http from 'http';
import { rejection } from '../../support/fetch.js';
import { emitted } from '../../support/network.js';

const path = `/tmp/krandog-fetch-${process.pid}.sock`;
const server = http.createServer((req) => {
  if (req.pathname === '/away') return { status: 302, headers: { location: 'http://localhost:1/' } };
  if (req.pathname === '/moved') return { status: 302, headers: { location: '/here' } };
  return `${req.host} ${req.url}`;
}).listen(path);
await emitted(server, 'listening');
const unix = { unix: path };
assert.strictEqual(await (await fetch('http://docker/a?b', unix)).text(), 'docker /a?b');
assert.strictEqual(await (await fetch('http://docker/moved', unix)).text(), 'docker /here');
const away = await rejection(fetch('http://docker/away', unix));
assert.match(away.cause.message, /which the option unix is not for/);
const missing = await rejection(fetch('http://docker/', { unix: '/tmp/no-such.sock' }));
assert.strictEqual(missing.cause.code, 'ENOENT');
server.close();
