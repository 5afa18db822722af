// A message that leaves together with the Close frame counts as flushed.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve } });
const client = await open(url);
const ws = await accepted.promise;
const ends = closing(client);
const sent = [ws.send('last words', { flushed: true }), ws.send('', { flushed: true })];
ws.close(1000);
await Promise.all(sent);
assert.strictEqual((await ends).code, 1000);
await server.close();
