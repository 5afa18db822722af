// The client is the one of browsers: its four handlers, its states, its address and its methods.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => void ws.send(data));
const ws = new WebSocket(`${url}/path`);
const told = [ws.readyState];
ws.onopen = () => {
  told.push('open', ws.readyState);
  ws.send('text');
};
ws.onmessage = ({ data }) => {
  told.push(data);
  if (data === 'text') ws.send(new TextEncoder().encode('bytes'));
  else ws.close();
};
ws.binaryType = 'arraybuffer';
ws.onclose = () => told.push('close', ws.readyState);
ws.onerror = ({ message }) => assert.fail(message);
await event(ws, 'close');
const bytes = told.splice(4, 1);
assert.strictEqual(new TextDecoder().decode(bytes[0]), 'bytes');
assert.deepStrictEqual(told, [0, 'open', 1, 'text', 'close', 3]);
assert.strictEqual(ws.url, `${url}/path`);
const { CONNECTING, OPEN, CLOSING, CLOSED } = WebSocket;
assert.deepStrictEqual([CONNECTING, OPEN, CLOSING, CLOSED], [0, 1, 2, 3]);

const failed = new WebSocket('ws://127.0.0.1:9/');
assert.strictEqual((await event(failed, 'error')).code, 'ECONNREFUSED');
await server.close();
