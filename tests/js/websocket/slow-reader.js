// A peer that does not read is closed with 1013 once maxBackpressure waits for it.

import { open, serve } from '../../support/network.js';
import { MOST, giveUp } from '../../support/slow_reader.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve, maxBackpressure: MOST } });
const client = await open(url);
client.pause();
await giveUp(client, await accepted);
await server.close();
