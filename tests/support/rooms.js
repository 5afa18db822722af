// What the tests of rooms share: a server and both ends of some WebSockets.

import { open, serve } from './network.js';

/** A server, and `count` pairs of a client and what the server accepted for it. */
export async function pairs(count, options = {}, client = undefined) {
  const { server, url } = await serve(options);
  const made = Array.from({ length: count }, () => pair(server, url, client));
  return { server, url, pairs: await Promise.all(made) };
}

let opened = 0;
const waiting = new Map();
const servers = new WeakSet();

/** One more pair, whose client notes what it hears in `heard`. */
export async function pair(server, url, options = undefined) {
  if (!servers.has(server)) {
    servers.add(server);
    server.on('connection', (ws) => waiting.get(ws.pathname)?.(ws));
  }
  opened += 1;
  const pathname = `/${opened}`;
  const accepted = new Promise((resolve) => waiting.set(pathname, resolve));
  const client = await open(url + pathname, options);
  const heard = [];
  client.addEventListener('message', ({ data }) => heard.push(data));
  return { client, ws: await accepted, heard };
}

/** Waits until everything that was sent to these pairs has been heard. */
export async function settled(all) {
  await Promise.all(all.map(({ client, ws }) => {
    if (ws.readyState !== WebSocket.OPEN) return undefined;
    return Promise.race([ws.ping(), new Promise((resolve) => client.addEventListener('close', resolve))]);
  }));
}
