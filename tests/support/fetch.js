// What the tests of fetch share: a server on a free port, and its URL.

import http from 'http';
import { emitted } from './network.js';

/** A server that listens, and its URL for requests. */
export async function serve(...args) {
  const server = http.createServer(...args).listen(0, '127.0.0.1');
  await emitted(server, 'listening');
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** What a promise is rejected with. */
export function rejection(promise) {
  return promise.then(() => Promise.reject(new Error('it was fulfilled')), (reason) => reason);
}
