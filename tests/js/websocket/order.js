// Messages arrive in the order in which they were sent, however many at once.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = await open(url);
const came = [];
const { promise, resolve } = Promise.withResolvers();
ws.onmessage = ({ data }) => {
  came.push(Number(data));
  if (came.length === 1000) resolve();
};
const sent = Array.from({ length: 1000 }, (_, number) => number);
for (const number of sent) ws.send(String(number));
await promise;
assert.deepStrictEqual(came, sent);
await server.close();
