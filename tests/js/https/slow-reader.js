// A peer that does not read is closed with 1013 once maxBackpressure waits for it; TLS holds back
// no more than plain connections do.

import { open } from '../../support/network.js';
import { MOST, giveUp } from '../../support/slow_reader.js';
import { ca, serve } from '../../support/tls.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve, maxBackpressure: MOST } });
const client = await open(url, { tls: { ca } });
client.pause();
await giveUp(client, await accepted);
await server.close();
