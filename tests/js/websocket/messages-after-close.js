// Once close() has been called no message is delivered any more, on either end.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const seen = [];
const { server, url } = await serve(({ ws, data }) => {
  seen.push(data);
  ws.send('1');
  ws.send('2');
  ws.send('3');
  if (data === 'b') ws.close(4000);
});
const ws = await open(url);
ws.onmessage = ({ data }) => {
  seen.push(data);
  ws.close(4001);
};
ws.send('a');
ws.send('c');
await closing(ws);
assert.deepStrictEqual(seen, ['a', 'c', '1']);

seen.length = 0;
const other = await open(url);
const end = closing(other);
other.send('b');
other.send('c');
other.send('d');
assert.strictEqual((await end).code, 4000);
assert.deepStrictEqual(seen, ['b']);
await server.close();
