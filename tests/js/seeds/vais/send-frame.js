// Frame by frame over a connection: a message in fragments, with a ping between them.

import assert from 'assert';
import { Frame, OPCODE } from 'krandog:frame';
import { closing } from '../../../support/network.js';
import { pairs } from '../../../support/rooms.js';

const { server, pairs: [{ client, ws, heard }] } = await pairs(1);
client.onping = ({ data }) => heard.push(`ping ${new TextDecoder().decode(data)}`);
const send = ({ opcode, payload, fin }) => ws.sendFrame(opcode, payload, { fin });
assert.strictEqual(send(Frame.text('whole')), 2 + 5);
send(Frame.text('in ', { fin: false }));
send(Frame.ping('between'));
send(Frame.continuation('two'));
assert.strictEqual(send(new Frame({ opcode: OPCODE.BINARY })) > 0, true);
await ws.ping('last');
assert.deepStrictEqual(heard, ['whole', 'ping between', 'in two', new Uint8Array(), 'ping last']);

// What would break the stream of frames is refused, and nothing of it is sent.
assert.throws(() => send(Frame.continuation('of what?')), { name: 'InvalidStateError' });
const end = closing(client);
send(Frame.close(1000, 'done'));
assert.deepStrictEqual(await end, { code: 1000, reason: 'done', wasClean: true });
assert.strictEqual(send(Frame.text('late')), false);
await server.close();
