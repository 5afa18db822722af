// An event that servers have elsewhere and not here is an error that says what serves in its place. A
// server without a handler takes those of Node's shape.

import assert from 'assert';
import http from 'http';

const server = http.createServer(() => 'hello');
for (const [event, instead] of [
  ['request', 'pass the handler to http.createServer(handler)'],
  ['upgrade', 'pass the hook websocket.upgrade'],
  ['message', 'pass a handler, or the hook websocket.message'],
]) {
  for (const add of ['on', 'once', 'prependListener']) {
    assert.throws(() => server[add](event, () => {}), {
      name: 'TypeError',
      message: `a server has no event '${event}': ${instead}`,
    });
  }
  assert.strictEqual(server.listenerCount(event), 0);
}
for (const event of ['listening', 'connection', 'close', 'error', 'mine', Symbol('mine')]) {
  server.on(event, () => {});
  assert.strictEqual(server.listenerCount(event), 1);
}
const node = http.createServer().on('request', (req, res) => res.end('hello'));
assert.strictEqual(node.listenerCount('request'), 1);
