// sendFrame refuses whatever would break the stream of frames, and then nothing is sent.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
const websocket = { open: accepted.resolve, message: (socket, data) => void socket.send(data) };
const { server, url } = await serve({ websocket });
const client = await open(url);
const ws = await accepted.promise;
const refuses = (args, error) => assert.throws(() => ws.sendFrame(...args), error);

for (const opcode of [3, 7, 11, 15, 16, -1, 1.5, '1', undefined]) {
  refuses([opcode, ''], { name: 'RangeError', message: /opcode must be 0 \(continuation\)/ });
}
refuses([0, 'x'], { name: 'InvalidStateError', message: /no message to continue/ });
refuses([9, '', { fin: false }], { code: 'ERR_INVALID_ARG_VALUE', message: /control frame has fin/ });
refuses([10, '', { rsv1: true }], { code: 'ERR_INVALID_ARG_VALUE' });
refuses([9, 'x'.repeat(126)], { name: 'RangeError', message: /126 bytes exceeds 125/ });
refuses([8, new Uint8Array([3])], { name: 'TypeError', message: /code of two bytes/ });
refuses([8, new Uint8Array([0x03, 0xed])], { name: 'TypeError', message: /1005 may not be sent/ });
refuses([1, new Uint8Array([0xff])], { name: 'TypeError', message: /not UTF-8 at byte 0/ });
refuses([1, new Uint8Array([0xc3])], { name: 'TypeError', message: /not UTF-8 at byte 0/ });
refuses([2, '', { rsv1: true }], { name: 'TypeError', message: /permessage-deflate was agreed on/ });
refuses([1, {}], { code: 'ERR_INVALID_ARG_TYPE', message: /"data" argument must be/ });
refuses([1, '', { Fin: true }], { code: 'ERR_INVALID_ARG_VALUE', message: /did you mean fin/ });
refuses([1, '', { fin: 1 }], { code: 'ERR_INVALID_ARG_TYPE', message: /option fin must be true or false/ });

ws.sendFrame(1, 'begun ', { fin: false });
refuses([2, 'x'], { name: 'InvalidStateError', message: /has not ended/ });
refuses([0, new Uint8Array([0xff])], { name: 'TypeError', message: /not UTF-8 at byte 6/ });
const answer = new Promise((resolve) => client.addEventListener('message', resolve, { once: true }));
ws.sendFrame(0, 'ended');
assert.strictEqual((await answer).data, 'begun ended');
assert.strictEqual(await ask(client, 'still here'), 'still here');

const early = new WebSocket(url);
assert.throws(() => early.sendFrame(1, ''), { name: 'InvalidStateError', message: /still connecting/ });
early.onerror = () => {};
early.close();
await server.close();
