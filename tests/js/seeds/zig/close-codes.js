// A number for every reason to close, what a server says with each, and those that are never sent.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const sent = {
  normal: 1000, goingAway: 1001, protocolError: 1002, unsupported: 1003, invalidData: 1007,
  policyViolation: 1008, messageTooBig: 1009, extensionRequired: 1010, internalError: 1011,
};
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
assert.strictEqual((await end('noStatus')).code, 1005);
assert.strictEqual((await end('abnormal')).code, 1006);
await server.close();
