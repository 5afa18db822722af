// `ws.url` of a socket that was accepted over TLS has the scheme of TLS.

import assert from 'assert';
import { ask, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { server, url } = await serve({}, (req) => {
  if (req.type === 'websocket') req.ws.send(req.ws.url);
});
const ws = await open(`${url}/path?query`, { tls: { ca } });
assert.strictEqual(await ask(ws, ''), `${url}/path?query`);
ws.close();
server.close();
