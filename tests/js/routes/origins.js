// A route has allowed origins of its own, narrower or wider than those of its server.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { allowedOrigins: ['https://one.example'] } },
  () => {},
);
server.ws('/all', { allowedOrigins: '*' });
server.ws('/same', { allowedOrigins: 'same-origin' });
server.ws('/two', { allowedOrigins: ['https://two.example'] });
server.ws('/asked', { allowedOrigins: async (origin) => origin.endsWith('.example') });
server.ws('/own', {});

const own = url.replace('ws:', 'http:');
for (const [path, allowed] of [
  ['/', ['https://one.example']],
  ['/own', ['https://one.example']],
  ['/all', ['https://one.example', 'https://two.example', 'https://evil.org', own]],
  ['/same', [own]],
  ['/two', ['https://two.example']],
  ['/asked', ['https://one.example', 'https://two.example']],
]) {
  for (const Origin of ['https://one.example', 'https://two.example', 'https://evil.org', own]) {
    if (allowed.includes(Origin)) {
      await open(url + path, { headers: { Origin } });
      continue;
    }
    const error = await event(new WebSocket(url + path, { headers: { Origin } }), 'error');
    assert.strictEqual(error.status, 403, `${path} ${Origin}`);
    assert.match(error.body, /^origin http/);
  }
  await open(url + path);
}
await server.close();
