// Requests go out on a connection that the script makes, over net and tls.

import assert from 'assert';
import http from 'http';
import https from 'https';
import net from 'net';
import tls from 'tls';
import { ca, identity } from '../../support/tls.js';

const hello = (req, res) => res.end(`hello ${req.url}`);
const text = async (req) => {
  const res = await new Promise((resolve, reject) => { req.on('response', resolve).on('error', reject).end(); });
  let all = '';
  for await (const chunk of res) all += chunk;
  return all;
};
const server = http.createServer(hello);
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
let made = 0;
const given = {
  port: server.address().port,
  host: '127.0.0.1',
  path: '/a',
  createConnection({ port, host }) {
    made++;
    return net.connect(port, host);
  },
};
assert.strictEqual(await text(http.request(given)), 'hello /a');
const called = { ...given, createConnection: ({ port, host }, done) => { done(null, net.connect(port, host)); } };
assert.strictEqual(await text(http.request(called)), 'hello /a');
assert.strictEqual(made, 1);
const failed = { ...given, createConnection: (options, done) => { done(new Error('none')); } };
await assert.rejects(text(http.request(failed)), { message: 'none' });
server.close();

const secure = https.createServer(identity('server'), hello);
await new Promise((resolve) => { secure.listen(0, '127.0.0.1', resolve); });
const { port } = secure.address();
assert.strictEqual(await text(https.request({
  port, host: 'localhost', path: '/b',
  createConnection: () => tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca }),
})), 'hello /b');
secure.close();
