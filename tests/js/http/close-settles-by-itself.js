// Only the end of the last connection settles close(): nothing on a server lets a script do it.

import assert from 'assert';
import http from 'http';
import { closing, open, serve, wait } from '../../support/network.js';

const NEED_ARGUMENTS = [
  'listen', 'setSecureContext',
  'ws', 'use', 'all', 'get', 'head', 'post', 'put', 'patch', 'delete', 'options',
];
const { server, url } = await serve(() => {});
const ws = await open(url);
// It answers no Close frame, so the server keeps it.
ws.pause();
let settled = false;
const closed = server.close().then(() => {
  settled = true;
});

assert.strictEqual(server[Symbol.for('krandog.closed')], undefined);
const { prototype } = http.Server;
const methods = Reflect.ownKeys(prototype).filter(
  (key) => key !== 'constructor' && typeof Reflect.getOwnPropertyDescriptor(prototype, key).value === 'function',
);
assert(methods.includes('close'));
for (const key of methods) {
  // These need arguments, and throw without.
  if (NEED_ARGUMENTS.includes(key)) continue;
  const returned = Reflect.apply(prototype[key], server, []);
  if (returned instanceof Promise) returned.catch(() => {});
}
for (const key of Reflect.ownKeys(server)) {
  if (typeof server[key] === 'function') Reflect.apply(server[key], server, []);
}
server.emit('close');
await wait(1);
assert.strictEqual(settled, false);

const end = closing(ws);
ws.terminate();
await end;
await closed;
