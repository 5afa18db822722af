// ws.rtt is what the latest ping took, be it the script's or krandog's own.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve, pingInterval: 20 } }, () => {});
const client = await open(url, { pingInterval: 0 });
const ws = await accepted;
const pong = event(ws, 'pong');
assert.strictEqual(ws.rtt, null);
await pong;
assert(ws.rtt > 0 && ws.rtt < 10_000, `${ws.rtt}`);

assert.strictEqual(client.rtt, null);
const measured = await client.ping();
assert(Math.abs(client.rtt - measured) <= 0.001, `${client.rtt} is not ${measured}`);
// A pong that nobody has asked for says nothing.
const { rtt } = client;
const unsolicited = event(client, 'pong');
ws.pong();
await unsolicited;
assert.strictEqual(client.rtt, rtt);
await server.close();
assert.strictEqual(client.rtt, rtt);
