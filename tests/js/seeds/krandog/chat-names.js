// A chat in which the first message of each is a name, as in examples/chat-server.js.

import assert from 'assert';
import { open, serve } from '../../../support/network.js';

const names = new Map();
const { server, url } = await serve({
  websocket: { close: (ws) => void names.delete(ws) },
}, ({ ws, data }) => {
  if (!names.has(ws)) {
    names.set(ws, data);
    ws.join('chat');
    server.hub.publish('chat', `${data} joined`);
  } else {
    server.hub.publish('chat', `${names.get(ws)}: ${data}`);
  }
});
const ada = await open(url);
const grace = await open(url);
for (const [ws, text] of [[ada, 'Ada'], [grace, 'Grace'], [ada, 'hello'], [grace, 'hi']]) {
  ws.send(text);
  await ws.ping();
}
await ada.ping();
assert.deepStrictEqual(ada.messages(), ['Ada joined', 'Grace joined', 'Ada: hello', 'Grace: hi']);
assert.deepStrictEqual(grace.messages(), ['Grace joined', 'Ada: hello', 'Grace: hi']);
assert.deepStrictEqual([...names.values()], ['Ada', 'Grace']);
await server.close();
assert.strictEqual(names.size, 0);
