// Of several routes that match, the one that was added first gets the WebSocket.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws }) => void ws.send('plain'));
const named = (name) => ({ message: (ws) => void ws.send(name) });
server.ws('/a/b', named('first')).ws('/a/:x', named('second')).ws('/a/*', named('third'));
for (const [path, name] of [
  ['/a/b', 'first'], ['/a/c', 'second'], ['/a/b/c', 'third'], ['/a/', 'third'], ['/a', 'plain'],
  ['/', 'plain'], ['/A/b', 'plain'], ['/a/b/', 'third'], ['//a/b', 'plain'],
]) {
  assert.strictEqual(await ask(await open(url + path), ''), name, path);
}
await server.close();
