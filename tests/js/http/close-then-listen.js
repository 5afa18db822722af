// A server that listens in the place of one that was just closed does not take its close event.

import http from 'http';
import { emitted, serve } from '../../support/network.js';

const { server } = await serve(() => {});
const closed = [server.close(), emitted(server, 'close')];
const second = http.createServer(() => {}).listen(0);
await Promise.all(closed);
await second.close();
