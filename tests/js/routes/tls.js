// Routes of a server that speaks TLS: a pattern for whole URLs sees wss.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, failing, serve } from '../../support/tls.js';

const named = (name) => ({
  message: (ws) => void ws.send(`${name} ${JSON.stringify(ws.params)} ${ws.url.slice(0, 6)}`),
});
const { server, url } = await serve({});
server
  .ws('/path/:x', named('path'))
  .ws(new URLPattern({ protocol: 'ws', pathname: '/a' }), named('ws'))
  .ws(new URLPattern({ protocol: 'wss', hostname: ':host', pathname: '/a' }), named('wss'));
const tls = { ca };
assert.strictEqual(await ask(await open(`${url}/path/1`, { tls }), ''), 'path {"x":"1"} wss://');
const whole = await open(`${url}/a`, { tls });
assert.strictEqual(await ask(whole, ''), 'wss {"host":"localhost"} wss://');
assert.strictEqual((await failing(`${url}/b`, { tls })).code, 'HTTP_404');
await server.close();
