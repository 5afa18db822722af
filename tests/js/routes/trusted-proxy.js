// Routes believe the proxies that their server trusts: about the address, and about the host to
// which pages of the same origin belong.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const forwarded = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Host': 'chat.example' };
for (const trusted of [true, false]) {
  const { server, url } = await serve({ trustProxy: trusted });
  const seen = [];
  server.ws('/:x', {
    upgrade: ({ remoteAddress }) => void seen.push(remoteAddress),
    open: (ws) => seen.push(ws.remoteAddress),
  });
  await open(`${url}/a`, { headers: forwarded });
  while (seen.length < 2) await new Promise(setImmediate);
  const address = trusted ? '203.0.113.7' : '127.0.0.1';
  assert.deepStrictEqual(seen, [address, address]);

  const headers = { ...forwarded, Origin: 'https://chat.example' };
  if (trusted) {
    await open(`${url}/a`, { headers });
  } else {
    const error = await event(new WebSocket(`${url}/a`, { headers }), 'error');
    assert.strictEqual(error.status, 403);
  }
  await server.close();
}
