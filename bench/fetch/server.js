// What the clients of bench/fetch.sh ask: 1 KiB, and 100 MiB. Prints its port.

import { createServer } from 'http';

const small = 'x'.repeat(1024);
const large = 'x'.repeat(100 * 1024 * 1024);
const server = createServer((req) => (req.pathname === '/large' ? large : small)).listen(0, '127.0.0.1');
server.once('listening', () => console.log(server.address().port));
