// A number for every reason to close, what a server says with each, and those that are never sent.

import assert from 'assert';
import { CLOSE_CODE } from 'krandog:frame';
import { closing, open, serve } from '../../../support/network.js';
import * as tls from '../../../support/tls.js';

const { NO_STATUS, ABNORMAL, TLS_HANDSHAKE, SERVICE_RESTART, TRY_AGAIN_LATER, BAD_GATEWAY, ...sent } = CLOSE_CODE;
assert.deepStrictEqual(sent, {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  UNSUPPORTED: 1003,
  INVALID_DATA: 1007,
  POLICY_VIOLATION: 1008,
  MESSAGE_TOO_BIG: 1009,
  EXTENSION_REQUIRED: 1010,
  INTERNAL_ERROR: 1011,
});
assert.deepStrictEqual([SERVICE_RESTART, TRY_AGAIN_LATER, BAD_GATEWAY], [1012, 1013, 1014]);
const { server, url } = await serve(({ ws, data }) => {
  if (data in sent) ws.close(sent[data], data);
  else if (data === 'noStatus') ws.close();
  else ws.terminate();
});
async function end(how) {
  const ws = await open(url);
  ws.onerror = () => {};
  ws.send(how);
  return closing(ws);
}
for (const [reason, code] of Object.entries(sent)) {
  assert.deepStrictEqual(await end(reason), { code, reason, wasClean: true });
}
assert.deepStrictEqual([NO_STATUS, (await end('noStatus')).code], [1005, 1005]);
assert.deepStrictEqual([ABNORMAL, (await end('abnormal')).code], [1006, 1006]);
await server.close();

// What would be 1015 says more: the certificate is not for a name that the client trusts.
const secure = await tls.serve({}, () => {});
const { code, cause } = await tls.failing(secure.url);
assert.deepStrictEqual([TLS_HANDSHAKE, code, cause], [1015, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls']);
await secure.server.close();
