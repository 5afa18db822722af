// Whoever connects too fast is told when to try again, and others are let in.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ connectRate: { connections: 2, per: 3_600_000 } });
for (let count = 0; count < 2; count += 1) (await open(url)).close();
const { status, headers } = await event(new WebSocket(url), 'error');
assert.strictEqual(status, 429);
assert(Number(headers['retry-after']) > 1700 && Number(headers['retry-after']) <= 1800, headers['retry-after']);
await open(url, { localAddress: '127.0.0.2' });
assert.strictEqual(server.refused.connectRate, 1);
await server.close();
