// What no route for WebSockets wants goes to the plain handler or the hooks of the server. Where
// there are none of these, it is refused with 404.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

async function outcome(options, handler, path, prepare = () => {}) {
  const { server, url } = await serve(options, handler);
  server.ws('/route', { message: (ws) => void ws.send('route') });
  prepare(server);
  const ws = new WebSocket(url + path);
  const opened = await Promise.race([event(ws, 'open').then(() => true), event(ws, 'error')]);
  const answer = opened === true ? await ask(ws, 'x') : [opened.status, opened.body];
  await server.close();
  return answer;
}
const hook = { websocket: { message: (ws) => void ws.send('hook') } };
const own = { websocket: { open: (ws) => (ws.onmessage = () => void ws.send('listener')) } };
const handler = ({ ws }) => void ws.send('handler');
for (const [options, plain, path, expected] of [
  [{}, undefined, '/route', 'route'],
  [{}, undefined, '/other', [404, 'not found\n']],
  [{}, handler, '/other', 'handler'],
  [hook, undefined, '/other', 'hook'],
  [own, undefined, '/other', 'listener'],
]) {
  assert.deepStrictEqual(await outcome(options, plain, path), expected);
}

// Routes for requests alone leave WebSockets as they were.
const { server, url } = await serve();
server.get('/', () => 'page');
server.use((req, next) => next());
await open(`${url}/`);
await server.close();
