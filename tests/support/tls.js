// What the tests of https and of wss: share: servers with the certificates of tests/certificates.

import https from 'https';
import { emitted, event } from './network.js';

/** The path of a file in tests/certificates. */
export function file(name) {
  return `${__dirname}/../certificates/${name}`;
}

export const ca = file('ca.pem');

/** The identity of a certificate, such as `server`. */
export function identity(name) {
  return { cert: file(`${name}.pem`), key: file(`${name}.key`) };
}

/** An https server that listens, and its URL for WebSockets. */
export async function serve(options, ...args) {
  const server = https.createServer({ ...identity('server'), ...options }, ...args).listen(0);
  await emitted(server, 'listening');
  return { server, url: `wss://localhost:${server.address().port}` };
}

/** How a WebSocket fails to open: its error event and how it closed. */
export async function failing(...args) {
  const ws = new WebSocket(...args);
  const opened = event(ws, 'open').then(() => Promise.reject(new Error('it opened')));
  const [error] = await Promise.race([
    Promise.all([event(ws, 'error'), event(ws, 'close')]), opened,
  ]);
  return { code: error.code, message: error.message, cause: ws.closeInfo.cause };
}
