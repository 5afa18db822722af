// Connections to several servers at once, told apart by their addresses, and a message to all.

import assert from 'assert';
import { Pool } from 'krandog:client';
import { closing, event, open, serve } from '../../../support/network.js';

const servers = await Promise.all(['one', 'two', 'three'].map((name) => {
  return serve(({ ws, data }) => void ws.send(`${name} heard ${data}`));
}));
const connections = new Map();
const heard = [];
await Promise.all(servers.map(async ({ url }) => {
  const ws = await open(url);
  connections.set(url, ws);
  ws.onmessage = ({ data }) => heard.push(data);
}));
assert.deepStrictEqual(new Set(connections.keys()), new Set(servers.map(({ url }) => url)));
const answers = [...connections.values()].map((ws) => event(ws, 'message'));
for (const ws of connections.values()) ws.send('all of you');
await Promise.all(answers);
assert.deepStrictEqual(heard.sort(), ['one', 'three', 'two'].map((name) => `${name} heard all of you`));
const ends = [...connections.values()].map(closing);
for (const ws of connections.values()) ws.close();
await Promise.all(ends);

// The same with a pool.
const pool = new Pool({ max: servers.length });
const sockets = await Promise.all(servers.map(({ url }) => pool.connect(url)));
assert.strictEqual(pool.sendAll('again'), 3);
assert.strictEqual(await sockets[1].receive(), 'two heard again');
await pool.closeAll();
await Promise.all(servers.map(({ server }) => server.close()));
