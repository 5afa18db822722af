// The basic client: it says one thing, hears it again and closes.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => void ws.send(data));
const ws = new WebSocket(url);
ws.onopen = () => ws.send('Is there an echo?');
let echo;
ws.onmessage = ({ data }) => {
  echo = data;
  ws.close();
};
await event(ws, 'close');
assert.strictEqual(echo, 'Is there an echo?');
await server.close();
