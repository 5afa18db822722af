// The chat application: everybody joins one room, which hears who comes, who goes and what is said.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open(ws) {
      ws.join('general');
      server.hub.publish('general', 'A new user joined!');
    },
    message: (ws, data) => void server.hub.publish('general', data),
    close: () => void server.hub.publish('general', 'A user left'),
  },
});
const ada = await open(`${url}/chat`);
const grace = await open(`${url}/chat`);
ada.send('hello');
await ada.ping();
await grace.ping();
assert.deepStrictEqual(grace.messages(), ['A new user joined!', 'hello']);
grace.close();
await closing(grace);
assert.deepStrictEqual(
  [await ada.receive(), await ada.receive(), await ada.receive(), await ada.receive()],
  ['A new user joined!', 'A new user joined!', 'hello', 'A user left'],
);
await server.close();
