// A server that passes on what another one answers. Prints its port.

import { createServer } from 'http';

const [, , upstream] = process.argv;
const server = createServer((req) => fetch(upstream + req.pathname)).listen(0, '127.0.0.1');
server.once('listening', () => console.log(server.address().port));
