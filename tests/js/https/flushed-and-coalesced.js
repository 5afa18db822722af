// Over TLS too, promises of what is sent are kept, messages of slow peers are replaced by their key,
// and a message in parts arrives whole.

import assert from 'assert';
import { fill, readOn } from '../../support/behind.js';
import { event, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { open: accepted.resolve, backpressure: 'coalesce', maxBackpressure: 2 ** 20, pingInterval: 0 },
});
const client = await open(url, { tls: { ca } });
const heard = [];
client.addEventListener('message', ({ data }) => heard.push(data));
const ws = await accepted.promise;
client.pause();
await fill(ws);

let flushed = false;
const replaced = ws.send('first', { key: 'k', flushed: true });
const refused = assert.rejects(replaced, { code: 'ERR_MESSAGE_DROPPED' });
for (let number = 0; number < 100; number++) ws.send(`value ${number}`, { key: 'k' });
const last = ws.send('last', { flushed: true }).then(() => (flushed = true));
await refused;
assert.strictEqual(flushed, false);
assert.deepStrictEqual(await readOn(client, heard, 'last'), ['value 99', 'last']);
await last;
assert.strictEqual(ws.droppedMessages, 100);
await ws.drained();

const message = event(client, 'message');
const writer = ws.stream();
for (let part = 0; part < 20; part++) await writer.write(new Uint8Array(100_000).fill(part));
await writer.close();
const { data } = await message;
assert.strictEqual(data.length, 2_000_000);
assert(data.every((byte, at) => byte === Math.floor(at / 100_000)));
await server.close();
