// http_health: what `server.health` tells whoever decides where requests go. Loaded when it is called.

import { readHealth } from 'ops:internal:http_health';

const plain = (status, body) => ({ status, headers: { 'cache-control': 'no-store' }, body });

/** Adds routes that say whether the program lives, and whether it is to get requests. */
export function addHealth(server, options) {
  const [live, ready, check] = readHealth(options);
  if (live !== null) server.get(live, () => plain(200, 'ok\n'));
  if (ready === null) return;
  server.get(ready, async () => {
    if (!server.listening) return plain(503, 'the server is closing\n');
    if (server.hub.bus?.connected === false) return plain(503, 'the bus is away\n');
    try {
      if (await check?.() === false) return plain(503, 'not ready\n');
    } catch (error) {
      // Whoever asks need not know what the program is made of.
      console.error('not ready:', error);
      return plain(503, 'not ready\n');
    }
    return plain(200, 'ready\n');
  });
}
