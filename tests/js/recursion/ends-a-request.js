// A hook that recurses too deeply closes with 1011, or refuses with 500, wherever it does: before an
// `await`, after one, and in what it awaits. The server lives. tests/hostile does it to requests.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const descend = (depth) => descend(depth + 1) + 1;

async function nested() {
  await null;
  return descend(0);
}

const ways = {
  '/at-once': () => descend(0),
  '/before': async () => descend(0),
  async '/after'() {
    await null;
    return descend(0);
  },
  async '/long-after'() {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return descend(0);
  },
  '/callback': () => Promise.resolve(0).then(descend),
  '/awaited': async () => await nested(),
  '/all': async () => (await Promise.all([nested(), Promise.resolve(1)])).length,
};

const { server, url } = await serve(
  {
    websocket: {
      upgrade: ({ pathname, query }) => (query.refuse ? ways[pathname]() : true),
      message: (ws) => ways[ws.pathname](),
    },
  },
  () => 'ok',
);

const isClosed = async (path) => {
  const ws = await open(url + path);
  ws.send('go');
  assert.strictEqual((await closing(ws)).code, 1011, path);
};
const isRefused = async (path) => {
  const { message } = await event(new WebSocket(`${url}${path}?refuse=1`), 'error');
  assert.match(message, /500/, path);
};

for (const path of Object.keys(ways)) {
  await isClosed(path);
  await isRefused(path);
}
// All at once, as an attacker would.
await Promise.all(Object.keys(ways).flatMap((path) => [isClosed(path), isRefused(path)]));
await server.close();
