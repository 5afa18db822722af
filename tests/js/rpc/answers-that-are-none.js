// Whatever the other side answers, its call comes to an end, and nothing else does.

import assert from 'assert';
import { Rpc, RpcError } from 'krandog:rpc';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ client, ws }] } = await pairs(1);
const rpc = new Rpc(client);
let error;
ws.addEventListener('message', ({ data }) => {
  const { id } = JSON.parse(data);
  ws.send(JSON.stringify({ jsonrpc: '2.0', id, error }));
});
for (const [given, code, message] of [
  // Objects that cannot be made a text.
  [{ code: 1, message: { toString: 1, valueOf: 1 } }, 1, 'no message'],
  [{ code: 1, message: ['a'] }, 1, 'no message'],
  [{ code: 1, message: null }, 1, 'no message'],
  [{ code: 1 }, 1, 'no message'],
  [{ code: 1.5, message: 'm' }, RpcError.INTERNAL_ERROR, 'm'],
  [{ code: '1', message: '' }, RpcError.INTERNAL_ERROR, ''],
  ['text', RpcError.INTERNAL_ERROR, 'no message'],
  [false, RpcError.INTERNAL_ERROR, 'no message'],
  [[], RpcError.INTERNAL_ERROR, 'no message'],
]) {
  error = given;
  await assert.rejects(rpc.call('x'), { name: 'RpcError', code, message }, JSON.stringify(given));
}
assert.deepStrictEqual([rpc.pending, client.readyState], [0, WebSocket.OPEN]);
await server.close();
