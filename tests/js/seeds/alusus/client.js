// The client of a page, which runs in krandog as it is.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => void ws.send(data));
const log = [];
const ws = new WebSocket(`${url}/websocket`);
ws.onopen = function onopen(event) {
  log.push(event.type, this === ws);
  ws.send('Hello Server!');
};
ws.onmessage = function onmessage(event) {
  log.push(event.data);
  ws.close();
};
ws.onclose = (event) => log.push(event.type);
ws.onerror = (event) => log.push(event.message);
await event(ws, 'close');
assert.deepStrictEqual(log, ['open', true, 'Hello Server!', 'close']);
await server.close();
