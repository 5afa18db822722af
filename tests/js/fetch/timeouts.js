// `timeouts` says how long a server may be silent.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const { server, url } = await serve(() => new Promise(() => {}));
const error = await rejection(fetch(url, { timeouts: { headers: 30 } }));
assert.strictEqual(error.cause.code, 'ERR_HEADERS_TIMEOUT');
assert.strictEqual(error.cause.message, 'no response came within 30 ms (option timeouts.headers)');
process.exit(0);
