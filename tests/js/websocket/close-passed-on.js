// close(event) passes a close on, from either side to the other, whatever its code is.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const far = await serve({
  websocket: {
    message(ws, data) {
      if (data === 'terminate') ws.terminate();
      else if (data === 'none') ws.close();
      else ws.close(Number(data), 'because');
    },
  },
});
const ends = [];
const relay = await serve({
  websocket: {
    open(near) {
      near.data = new WebSocket(far.url);
      near.data.onclose = (event) => near.close(event);
    },
    message(near, data) {
      if (near.data.readyState === WebSocket.OPEN) near.data.send(data);
      else near.data.onopen = () => near.data.send(data);
    },
  },
});
for (const [said, code, reason] of [
  ['1000', 1000, 'because'], ['1001', 1001, 'because'], ['1003', 1003, 'because'],
  ['1007', 1007, 'because'], ['1011', 1011, 'because'], ['1014', 1014, 'because'],
  ['4999', 4999, 'because'], ['none', 1005, ''], ['terminate', 1001, ''],
]) {
  const ws = await open(relay.url);
  ws.send(said);
  assert.deepStrictEqual(await closing(ws), { code, reason, wasClean: true }, said);
}

// From an outgoing socket to another one.
async function heard(close) {
  const { server, url } = await serve({
    websocket: { close: (_, code, reason) => ends.push([code, reason]) },
  });
  const ws = await open(url);
  close(ws);
  await event(ws, 'close');
  await server.close();
  return ends.pop();
}
const passOn = (init) => heard((ws) => ws.close(new CloseEvent('close', init)));
assert.deepStrictEqual(await passOn({ code: 1012, reason: 'restart' }), [1012, 'restart']);
assert.deepStrictEqual(await passOn({ code: 1005 }), [1005, '']);
assert.deepStrictEqual(await passOn({ code: 1006 }), [1001, '']);
assert.deepStrictEqual(await passOn({ code: 1015 }), [1001, '']);
assert.deepStrictEqual(await passOn({}), [1005, '']);
assert.deepStrictEqual(await passOn({ code: 42 }), [1001, '']);
assert.deepStrictEqual(await passOn({ code: 4000, reason: 'ü'.repeat(100) }),
  [4000, 'ü'.repeat(61)]);

// By an object that says so.
const first = await open(far.url);
first.send('1008');
await event(first, 'close');
assert.deepStrictEqual(await heard((ws) => ws.close(first.closeInfo)), [1008, 'because']);
assert.deepStrictEqual(await heard((ws) => ws.close({ code: 1013 })), [1013, '']);
assert.deepStrictEqual(await heard((ws) => ws.close({ reason: 'bye' })), [1000, 'bye']);
assert.deepStrictEqual(await heard((ws) => ws.close({})), [1005, '']);

const ws = await open(far.url);
assert.throws(() => ws.close({ cod: 4000 }), { message: /unknown option cod: did you mean code\?/ });
assert.throws(() => ws.close({ code: 1004 }), { name: 'InvalidAccessError', message: /not 1004$/ });
assert.throws(() => ws.close({ code: 1000, reason: 'x'.repeat(124) }), { name: 'SyntaxError' });
assert.throws(() => ws.close(1011), { message: /as in browsers.*write close\({ code: 1011 }\)$/ });
assert.throws(() => ws.close(1006), { message: /to pass a close on, give close\(\) the event$/ });
assert.strictEqual(ws.readyState, WebSocket.OPEN);
ws.close(new CloseEvent('close'));
await Promise.all([relay.server.close(), far.server.close()]);
