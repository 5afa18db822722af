// Closing a server that never listened resolves, and calls the callback.

import assert from 'assert';
import http from 'http';

await http.createServer().close();
await new Promise((resolve) => http.createServer().close(resolve));
const server = http.createServer().listen(0);
// Before it has even told that it listens.
server.on('listening', () => assert.fail('it said that it listens'));
await server.close();
