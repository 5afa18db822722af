// What can be sent over a connection: text, bytes, ping, pong and close, and what that returns.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve } });
const client = await open(url);
const ws = await accepted.promise;
const text = (bytes) => new TextDecoder().decode(bytes);
const heard = [];
client.onmessage = ({ data }) => heard.push(data);
client.onping = ({ data }) => heard.push(`ping ${text(data)}`);
client.onpong = ({ data }) => heard.push(`pong ${text(data)}`);

// The number of bytes that then wait, with the two of a frame's header.
assert.strictEqual(ws.send('hello'), 2 + 5);
assert.strictEqual(ws.send(new Uint8Array([1, 2, 3])), 7 + 2 + 3);
ws.pong('a pong');
const roundTrip = ws.ping('a ping');
assert(await roundTrip >= 0);
assert.deepStrictEqual(heard, ['hello', new Uint8Array([1, 2, 3]), 'pong a pong', 'ping a ping']);

const end = closing(client);
ws.close(1001, 'enough');
assert.strictEqual(ws.send('too late'), false);
assert.deepStrictEqual(await end, { code: 1001, reason: 'enough', wasClean: true });
await server.close();
