// What a script makes of `Function.prototype.toString` says nothing about its handlers: one that
// keeps its requests finds them unchanged.

import http from 'http';
import assert from 'assert';

Function.prototype.toString = () => '() => {}';

const kept = [];
const server = http.createServer((req) => {
  kept.push(req);
  if (kept.length === 2) server.close();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}/`);
ws.onopen = () => {
  ws.send('one');
  ws.send('two');
};
await new Promise((resolve) => (ws.onclose = resolve));
assert.deepStrictEqual(kept.map((req) => req.data), ['one', 'two']);
