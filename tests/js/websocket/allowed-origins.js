// allowedOrigins: the same origin by default, a list, or everybody; no Origin is let in.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

async function isLetIn(url, Origin) {
  const ws = new WebSocket(url, Origin === undefined ? {} : { headers: { Origin } });
  const opened = event(ws, 'open').then(() => true);
  const refused = event(ws, 'error').then(() => false);
  const result = await Promise.race([opened, refused]);
  ws.close();
  return result;
}

const cases = [
  ['*', 'http://evil.example', true],
  [['https://good.example'], 'https://good.example', true],
  [['https://good.example'], 'https://good.example.evil.example', false],
  [['https://good.example'], 'http://good.example', false],
  ['same-origin', 'http://good.example', false],
  ['same-origin', 'null', false],
  ['same-origin', undefined, true],
  [['https://good.example'], undefined, true],
];
for (const [allowedOrigins, origin, expected] of cases) {
  const { server, url } = await serve({ websocket: { allowedOrigins } });
  assert.strictEqual(await isLetIn(url, origin), expected, `${allowedOrigins} ${origin}`);
  await server.close();
}
const { server, url } = await serve({});
await open(url, { headers: { Origin: url.replace('ws:', 'http:') } });
await server.close();
