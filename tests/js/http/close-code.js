// close({code, reason}) chooses what open WebSockets are told.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const end = closing(await open(url));
await server.close({ code: 1012, reason: 'back soon' });
assert.deepStrictEqual(await end, { code: 1012, reason: 'back soon', wasClean: true });
