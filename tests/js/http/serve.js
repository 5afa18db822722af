// serve(port, handler) is a server that listens, as a global and as an export.

import assert from 'assert';
import http, { serve as exported } from 'http';
import { ask, emitted, open } from '../../support/network.js';

assert.strictEqual(serve, exported);
const server = serve(0, (req) => req.ws.send(`echo ${req.data}`));
assert(server instanceof http.Server);
await emitted(server, 'listening');
const ws = await open(`ws://127.0.0.1:${server.address().port}`);
assert.strictEqual(await ask(ws, 'x'), 'echo x');
await server.close();
