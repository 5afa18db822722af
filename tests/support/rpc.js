// What the tests of krandog:rpc share: both ends of a socket, and one that speaks by hand.

import { Rpc } from 'krandog:rpc';
import { pairs } from './rooms.js';

/** Two ends that call each other. */
export async function ends(here = {}, there = {}) {
  const { server, pairs: [{ client, ws }] } = await pairs(1);
  return { server, client: new Rpc(client, here), peer: new Rpc(ws, there) };
}

/** An end at the server, and a client that says exactly what a test wants. */
export async function byHand(options) {
  const { server, pairs: [{ client, ws }] } = await pairs(1);
  const rpc = new Rpc(ws, options);
  const waiting = [];
  client.addEventListener('message', ({ data }) => waiting.shift()(JSON.parse(data)));
  // Resolves with the next thing that comes, after this was said.
  const say = (...messages) => {
    const next = new Promise((resolve) => waiting.push(resolve));
    for (const message of messages) {
      client.send(typeof message === 'string' ? message : JSON.stringify(message));
    }
    return next;
  };
  return { server, client, rpc, say };
}
