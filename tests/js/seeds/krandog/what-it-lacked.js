// TLS, compression and subprotocols, all on one connection.

import assert from 'assert';
import { ask, open } from '../../../support/network.js';
import { ca, serve } from '../../../support/tls.js';

const { server, url } = await serve({
  websocket: { perMessageDeflate: true, protocols: ['chat.v2', 'chat.v1'] },
}, ({ ws, data }) => void ws.send(data));
const ws = await open(url, { tls: { ca }, protocols: ['chat.v1', 'chat.v2'] });
assert.strictEqual(ws.url, `${url}/`);
assert.strictEqual(ws.protocol, 'chat.v2');
assert.match(ws.extensions, /^permessage-deflate/);
const text = 'compressible '.repeat(1000);
assert.strictEqual(await ask(ws, text), text);
await server.close();
