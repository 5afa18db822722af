// A socket whose peer has stopped reading: what the kernel holds for it is full.

import { event, open, serve, wait } from './network.js';

/** A server of one socket, that socket, and its client, which does not read, and keeps what it gets. */
export async function behind(options = {}, clientOptions = {}) {
  const accepted = Promise.withResolvers();
  const { open: opened, fill: how, ...rest } = options;
  const { server, url } = await serve({
    websocket: {
      pingInterval: 0,
      open(ws) {
        opened?.(ws);
        accepted.resolve(ws);
      },
      ...rest,
    },
  });
  const client = await open(url, clientOptions);
  const ws = await accepted.promise;
  const heard = [];
  client.addEventListener('message', ({ data }) => heard.push(data));
  client.pause();
  await fill(ws, how);
  return { server, ws, client, heard };
}

/** Sends until the kernel takes no more: it takes more for a while after it has refused some. */
export async function fill(ws, how = {}) {
  for (let refused = 0; refused < 5; refused += ws.bufferedAmount > 0 ? 1 : 0) {
    if (ws.bufferedAmount === 0) ws.send('x'.repeat(2 ** 16), how);
    await wait(1);
  }
}

/** What a client hears once it reads, but for what the kernel was filled with, up to `last`. */
export async function readOn(client, heard, last) {
  client.resume();
  while (heard.at(-1) !== last) await event(client, 'message');
  return heard.filter((data) => data.length < 2 ** 16);
}
