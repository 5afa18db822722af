// The close hook is told of a connection that never sent anything.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const { promise: closed, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { close: (ws, code, reason) => resolve([ws.pathname, code, reason]) },
});
const ws = await open(`${url}/silent`);
ws.close(3000, 'bye');
assert.deepStrictEqual(await closed, ['/silent', 3000, 'bye']);
await server.close();
