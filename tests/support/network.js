// What the tests of http and websocket share: servers on free ports, and events as promises.

import http from 'http';

/** The next event of a WebSocket with this name. */
export function event(target, name) {
  return new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));
}

/** The next event of an emitter, such as a server. */
export function emitted(emitter, name) {
  return new Promise((resolve) => emitter.once(name, resolve));
}

/** A server that listens, and its URL for WebSockets. */
export async function serve(...args) {
  const server = http.createServer(...args).listen(0);
  await emitted(server, 'listening');
  return { server, url: `ws://127.0.0.1:${server.address().port}` };
}

/** An outgoing WebSocket that is open. */
export async function open(...args) {
  const ws = new WebSocket(...args);
  ws.binaryType = 'uint8array';
  const failed = event(ws, 'error').then(({ message }) => Promise.reject(new Error(message)));
  await Promise.race([event(ws, 'open'), failed]);
  return ws;
}

/** What comes back for a message. */
export async function ask(ws, message) {
  const answer = event(ws, 'message');
  ws.send(message);
  return (await answer).data;
}

/** How a WebSocket ends. */
export async function closing(ws) {
  const { code, reason, wasClean } = await event(ws, 'close');
  return { code, reason, wasClean };
}

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
