// 'node:http' is the module 'http', with the same things by name and in the default export.

import assert from 'assert';
import http, { METHODS, Server, createServer } from 'http';
import * as prefixed from 'node:http';

assert.strictEqual(prefixed.default, http);
assert.strictEqual(http.createServer, createServer);
assert.strictEqual(http.Server, Server);
assert(METHODS.includes('GET'));
