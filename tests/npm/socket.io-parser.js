// socket.io-parser: packets with bytes in them, both ways.
import assert from 'assert';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';

const packets = new Encoder().encode({ type: PacketType.EVENT, nsp: '/chat', id: 7, data: ['say', { bytes: Buffer.from([1, 2]) }] });
const decoder = new Decoder();
const decoded = new Promise((resolve) => decoder.on('decoded', resolve));
for (const packet of packets) decoder.add(packet);
const { nsp, id, data } = await decoded;
assert.deepEqual([nsp, id, data[0], [...data[1].bytes]], ['/chat', 7, 'say', [1, 2]]);
