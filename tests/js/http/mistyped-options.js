// An option that there is not is an error that names the one that was probably meant.

import assert from 'assert';
import http from 'http';
import { open, serve } from '../../support/network.js';

const create = (options) => () => http.createServer(options);
const unknown = (name, meant, known) => ({
  name: 'TypeError',
  code: 'ERR_INVALID_ARG_VALUE',
  message: new RegExp(`^unknown option ${name}: did you mean ${meant}\\? \\(known: .*\\b${known}\\b`),
});
assert.throws(create({ webSocket: {} }), unknown('webSocket', 'websocket', 'maxBody'));
assert.throws(create({ websocket: { maxPayloud: 1 } }),
  unknown('websocket.maxPayloud', 'maxPayload', 'allowedOrigins'));
assert.throws(create({ websocket: { onMessage() {} } }),
  unknown('websocket.onMessage', 'message', 'upgrade'));
assert.throws(create({ websocket: { perMessageDeflate: { levl: 1 } } }),
  unknown('websocket.perMessageDeflate.levl', 'level', 'threshold'));
assert.throws(create({ maxPayload: 1 }), unknown('maxPayload', 'websocket.maxPayload', 'websocket'));
assert.throws(create({ nothing: 1 }), { message: /^unknown option nothing \(known: / });

for (const prot of [3000, undefined]) {
  assert.throws(() => http.createServer().listen({ prot }), unknown('prot', 'port', 'backlog'));
}
assert.throws(() => http.createServer().close({ cod: 1001 }), unknown('cod', 'code', 'reason'));

const { server, url } = await serve(({ ws, data }) => {
  ws.send(data);
});
assert.throws(() => server.close({ raison: 'x' }), unknown('raison', 'reason', 'code'));
assert.strictEqual(server.listening, true);
assert.throws(() => new WebSocket(url, { maxPayloud: 1 }),
  unknown('maxPayloud', 'maxPayload', 'handshakeTimeout'));
assert.throws(() => new WebSocket(url, { perMessageDeflate: { maxRatoi: 1 } }),
  unknown('perMessageDeflate.maxRatoi', 'maxRatio', 'level'));
const ws = await open(url);
assert.throws(() => ws.send('x', { compres: true }), unknown('compres', 'compress', 'compress'));
await server.close();
