// A name that does not exist: the error says which, and the loop was not blocked meanwhile.

import assert from 'assert';
import { event } from '../../support/network.js';

const ws = new WebSocket('ws://no-such-name.invalid/');
const closed = event(ws, 'close');
const { code, message } = await event(ws, 'error');
assert.match(code, /^(ENOTFOUND|EAI_AGAIN)$/);
assert.match(message, /no-such-name\.invalid/);
assert.strictEqual((await closed).code, 1006);
