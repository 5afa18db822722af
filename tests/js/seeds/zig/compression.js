// permessage-deflate is agreed on with clients that offer it, and not with others.

import assert from 'assert';
import { ask, open, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: { perMessageDeflate: true },
}, ({ ws, data }) => void ws.send(data));
const offers = await open(url);
assert.match(offers.extensions, /^permessage-deflate/);
const text = 'the same again and again '.repeat(400);
assert.strictEqual(await ask(offers, text), text);
const declines = await open(url, { perMessageDeflate: false });
assert.strictEqual(declines.extensions, '');
assert.strictEqual(await ask(declines, text), text);
await server.close();
