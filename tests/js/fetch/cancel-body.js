// A body that is cancelled ends its connection, and the next call has another one.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => ({
  headers: { 'x-port': `${req.remotePort}` }, body: 'x'.repeat(10_000_000),
}));
const first = await fetch(url);
await first.body.cancel();
const second = await fetch(url);
assert.notStrictEqual(second.headers.get('x-port'), first.headers.get('x-port'));
for await (const chunk of second.body) if (chunk) break;
const third = await fetch(url);
assert.strictEqual((await third.text()).length, 10_000_000);
server.close();
