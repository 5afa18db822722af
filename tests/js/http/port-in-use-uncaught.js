// A port that is taken, and nobody listens for errors: an uncaught exception.

import assert from 'assert';
import http from 'http';
import { emitted, serve } from '../../support/network.js';

const { server } = await serve(() => 'first');
const uncaught = emitted(process, 'uncaughtException');
http.createServer().listen(server.address().port);
assert.strictEqual((await uncaught).code, 'EADDRINUSE');
await server.close();
